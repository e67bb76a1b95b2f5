import { startTransition, useEffect, useState } from 'react';
import type { Output } from '../../../../../shared/contract.ts';
import type { ProviderId } from '../../../../../shared/provider.ts';
import type { Token } from '../../../../../shared/token.ts';
import { call } from '../../../../lib/backend.ts';

export type Diagnosis = Output<'tokens.diagnose'>;

const debounceMs = 150;
const nothing: Diagnosis = {
  format: 'list', read: 0, fresh: 0, duplicates: 0, strange: 0, unwanted: 0, elsewhere: [], items: [], cut: false,
}; // prettier-ignore

/**
 * What the token doctor says about the text; it asks nobody. A word that a newer text has overtaken is thrown away, and one that
 * could not be had is as good as none. `saved` and `round`: what it is compared with has changed, here or elsewhere.
 */
export function useDiagnosis(
  text: string,
  saved: readonly Token[],
  provider: ProviderId,
  trusting: boolean,
  round: number,
): Diagnosis {
  const [diagnosis, setDiagnosis] = useState(nothing);
  useEffect(() => {
    let overtaken = false;
    const update = async () => {
      const next =
        text.trim() === '' ? nothing : await call('tokens.diagnose', { provider, text, trusting }).catch(() => nothing);
      // Hundreds of lines are drawn in pieces, between which the field takes what is typed.
      if (!overtaken) startTransition(() => setDiagnosis(next));
    };
    const timer = setTimeout(() => {
      void update();
    }, debounceMs);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the answer depends on what is saved
  }, [text, saved, provider, trusting, round]);
  return diagnosis;
}

import { ArrowRightLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../../shared/provider.ts';
import { Banner } from '../../../../components/banner.tsx';
import { Button } from '../../../../components/button.tsx';
import { providerName } from '../../../../lib/provider-name.ts';
import { saveTokens } from './save-tokens.ts';
import type { Diagnosis } from './use-diagnosis.ts';

interface ElsewhereProps {
  readonly elsewhere: Diagnosis['elsewhere'];
  readonly text: string;
  readonly check: boolean;
  /** They were saved: the text is to be looked at again. */
  readonly onSaved: () => void;
  /** The user says that they belong here. */
  readonly onTrust: () => void;
}

/** Tokens of other providers: a word about each, and a way to put them there. */
export function Elsewhere({ elsewhere, text, check, onSaved, onTrust }: ElsewhereProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);

  async function saveThere(provider: ProviderId) {
    setBusy(true);
    const lines = await saveTokens({ provider, text, check });
    setBusy(false);
    if (lines !== null) onSaved();
  }

  if (elsewhere.length === 0) return null;
  return (
    <Banner tone="info" icon={ArrowRightLeft} className="mt-3">
      <ul>
        {elsewhere.map(({ provider, count }) => (
          <li key={provider} className="flex flex-wrap items-center gap-2 py-1">
            <span className="flex-1">{t('tokens.add.elsewhere', { count, provider: providerName(provider) })}</span>
            <Button size="small" disabled={busy} onClick={() => void saveThere(provider)}>
              {t('tokens.add.saveThere', { provider: providerName(provider) })}
            </Button>
          </li>
        ))}
      </ul>
      <Button size="small" intent="ghost" disabled={busy} onClick={onTrust}>
        {t('tokens.add.trust')}
      </Button>
    </Banner>
  );
}

import { providerName } from '../../../lib/provider-name.ts';
import type { Token } from '../../../../shared/token.ts';
import { errorText } from '../../../lib/error-text.ts';

/** Why a token is in its state, in the language of the window where the code is known. */
export function reasonText({ provider, reason, reasonCode }: Token): { text: string; english: boolean } | null {
  const known = reasonCode === null ? null : errorText(reasonCode, providerName(provider));
  if (known !== null) return { text: known.title, english: false };
  return reason === null ? null : { text: reason, english: true };
}

import type { Input, Output } from '../../../../shared/contract.ts';
import { type ErrorText, errorText } from '../../../lib/error-text.ts';
import { call } from '../../../lib/backend.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { type Draft, keysOf, readDraft } from './draft.ts';

type Verification = Output<'provider.verify'>;

/** From here on more keys are not tried: each is a real call. */
export const mostKeys = 10;

/** What each key came back with, in order; one entry where there is none to try. */
export interface Verified {
  readonly answers: readonly Verification[];
  readonly untried: number;
}

/** One tiny real call for each key, one after the other. Throws CallError. */
export async function verifyDraft(draft: Draft, savedAs: Input<'provider.verify'>['savedAs']): Promise<Verified> {
  const { wanted } = readDraft(draft);
  const keys = keysOf(draft);
  const answers: Verification[] = [];
  for (const key of keys.length === 0 ? [null] : keys.slice(0, mostKeys)) {
    const answer = await call('provider.verify', { provider: wanted, keys: key, savedAs: savedAs ?? null });
    answers.push(answer);
    // Where nothing is, the next key finds nothing either.
    if (answer.outcome === 'unreachable') break;
  }
  return { answers, untried: Math.max(0, keys.length - answers.length) };
}

export interface VerifiedText {
  readonly good: boolean;
  readonly text: string;
  /** Nothing better than the gateway's own sentence is known. */
  readonly english: boolean;
}

const say = (good: boolean, text: string): VerifiedText => ({ good, text, english: false });
const joined = ({ title, hint }: ErrorText): string => `${title} ${hint}`;

/** What one call has shown, in the language of the window. */
export function verifiedText(answer: Verification, draft: Draft): VerifiedText {
  const { code, models, outcome, reason } = answer;
  const name = draft.name.trim() || i18n.t('logs.theProvider');
  if (code === 'quota_exceeded') return say(false, i18n.t('verified.quota'));
  if (outcome === 'invalid' && (code === null || code === 'upstream_auth_failed'))
    return say(false, i18n.t(draft.keyless ? 'verified.needsKey' : 'verified.wrongKey'));
  if (code === 'no_models') return say(false, i18n.t('verified.noModels'));
  if (code === 'upstream_protocol' || code === 'upstream_blocked') return say(false, i18n.t('verified.wrongBase'));
  if (outcome === 'user' && code === null) {
    if (models === 0) return say(true, i18n.t('verified.goodUnlisted'));
    return say(true, i18n.t(draft.keyless ? 'verified.answers' : 'verified.good', { count: models }));
  }
  const known = code === null ? null : errorText(code, name);
  if (known !== null) return say(false, joined(known));
  return { good: false, text: reason ?? outcome, english: true };
}

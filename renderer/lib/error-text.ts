import type { Exchange, Failure } from '../../shared/exchange.ts';
import { type ProviderId, providerNames } from '../../shared/provider.ts';
import { i18n } from '../i18n/i18n.ts';
import { en } from '../i18n/en/index.ts';

type KnownCode = keyof typeof en.errors;

const isKnown = (code: string): code is KnownCode => Object.hasOwn(en.errors, code);

export interface ErrorText {
  readonly title: string;
  readonly hint: string;
}

/** What an error code means and what to do about it, in the language of the window; null for a code it does not know. */
export function errorText(code: string, provider?: string): ErrorText | null {
  if (!isKnown(code)) return null;
  const values = { provider: provider ?? i18n.t('logs.theProvider') };
  return { title: i18n.t(`errors.${code}.title`, values), hint: i18n.t(`errors.${code}.hint`, values) };
}

export function failureText(failure: Failure, provider?: ProviderId): ErrorText {
  const known = errorText(failure.code, provider && providerNames[provider]);
  return known ?? { title: failure.message, hint: failure.hint };
}

export const failureTitle = ({ attempts, failure }: Exchange): string =>
  failure === null ? '' : failureText(failure, attempts.at(-1)?.provider).title;

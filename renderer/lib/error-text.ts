import type { Exchange, Failure } from '../../shared/exchange.ts';
import type { ProviderId } from '../../shared/provider.ts';
import { providerName } from './provider-name.ts';
import { en } from '../i18n/en/index.ts';
import { i18n } from '../i18n/i18n.ts';

type KnownCode = keyof typeof en.errors;

const isKnown = (code: string): code is KnownCode => Object.hasOwn(en.errors, code);

export interface ErrorText {
  readonly title: string;
  readonly hint: string;
}

/** A sentence may begin with "the provider" where its name is not known. */
const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** What an error code means and what to do about it, in the language of the window; null for a code it does not know. */
export function errorText(code: string, provider?: string): ErrorText | null {
  if (!isKnown(code)) return null;
  const values = { provider: provider ?? i18n.t('logs.theProvider') };
  return {
    title: capitalised(i18n.t(`errors.${code}.title`, values)),
    hint: capitalised(i18n.t(`errors.${code}.hint`, values)),
  };
}

/** The one that was tried last; before any was tried, the one that offers the model. */
export function providerOf({ attempts, provider }: Exchange): ProviderId | undefined {
  return attempts.at(-1)?.provider ?? provider ?? undefined;
}

type ZaiCode = keyof typeof en.zaiCodes;
const isZaiCode = (code: string): code is ZaiCode => Object.hasOwn(en.zaiCodes, code);

/** What Z.AI's own code says, which is more exact than what it means to us. */
function vendorTitle({ upstreamCode: code }: Failure, provider?: ProviderId): string | null {
  if (code === null || (provider !== 'zai-api' && provider !== 'zai') || !isZaiCode(code)) return null;
  return i18n.t(`zaiCodes.${code}`, { provider: providerName(provider) });
}

export function failureText(failure: Failure, provider?: ProviderId): ErrorText {
  const known = errorText(failure.code, provider && providerName(provider)) ?? {
    title: failure.message,
    hint: failure.hint,
  };
  return { ...known, title: vendorTitle(failure, provider) ?? known.title };
}

export const failureTitle = (exchange: Exchange): string =>
  exchange.failure === null ? '' : failureText(exchange.failure, providerOf(exchange)).title;

import { i18n } from '../i18n/i18n.ts';
import { copyKey, copyText } from './clipboard.ts';
import { gatewayState } from './gateway-state.ts';
import { attempt, complain, say } from './toasts.ts';

const report = (copied: boolean, done: string): void => {
  if (copied) say(done);
  else complain(i18n.t('copy.failed'));
};

export async function copyAloud(text: string, done: string): Promise<boolean> {
  const copied = await copyText(text);
  report(copied, done);
  return copied;
}

export async function copyKeyAloud(): Promise<boolean> {
  const copied = await attempt(copyKey());
  if (copied !== null) report(copied, i18n.t('copy.keyDone'));
  return copied === true;
}

export const openAiUrl = (baseUrl: string): string => `${baseUrl}/v1`;

export async function copyBaseUrlAloud(): Promise<void> {
  const state = gatewayState.get();
  if (state !== null) await copyAloud(openAiUrl(state.baseUrl), i18n.t('copy.urlDone'));
}

import type { Finding } from '../../shared/radar.ts';
import { i18n } from '../i18n/i18n.ts';
import { providerName } from './provider-name.ts';

export interface FindingText {
  readonly title: string;
  readonly action: string;
}

/** What a canary has found broken and the one thing to do, in the language of the window; null when it was answered. */
export function findingText({ broken, provider, model, near }: Finding): FindingText | null {
  if (broken === null) return null;
  const values = { provider: providerName(provider), model: model ?? '', near: near ?? '' };
  return {
    title: i18n.t(`radar.broken.${broken}.title`, values),
    action:
      broken === 'model-renamed' && near !== null
        ? i18n.t('radar.broken.model-renamed.near', values)
        : i18n.t(`radar.broken.${broken}.action`, values),
  };
}

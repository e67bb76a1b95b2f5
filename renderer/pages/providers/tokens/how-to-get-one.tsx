import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../shared/provider.ts';

/** Where the browser keeps the token of a signed-in account. */
const kept: Readonly<
  Record<ProviderId, { site: string; origin: string; place: 'storage' | 'cookies'; entry: string }>
> = {
  zai: { site: 'chat.z.ai', origin: 'https://chat.z.ai', place: 'storage', entry: 'token' },
  k2think: { site: 'www.k2think.ai', origin: 'https://www.k2think.ai', place: 'storage', entry: 'token' },
  longcat: { site: 'longcat.chat', origin: 'https://longcat.chat', place: 'cookies', entry: 'passport_token_key' },
};

/** Where API keys are made. */
const consoles: Readonly<Record<ProviderId, string>> = {
  'zai-api': 'z.ai, bigmodel.cn',
  'k2think-api': 'www.k2think.ai',
  'longcat-api': 'longcat.chat/platform',
};

export function HowToGetOne({ provider }: { readonly provider: ProviderId }) {
  const { t } = useTranslation();
  const token = kept[provider];
  const site = consoles[provider];
  const steps =
    token !== undefined
      ? [
          t('tokens.howTo.signIn', { site: token.site }),
          t('tokens.howTo.devTools'),
          t(`tokens.howTo.${token.place}`, { origin: token.origin }),
          t('tokens.howTo.copy', { entry: token.entry }),
        ]
      : site !== undefined
        ? [t('tokens.howTo.make', { site }), t('tokens.howTo.paste')]
        : [];
  if (steps.length === 0) return null;
  return (
    <details className="w-full max-w-md text-left">
      <summary className="mx-auto min-h-6 w-fit text-accent">{t('tokens.howTo.title')}</summary>
      <ol className="mt-2 flex list-decimal flex-col gap-1 pl-5 text-muted">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {token !== undefined && <p className="mt-2 text-xs text-muted">{t('tokens.howTo.note')}</p>}
    </details>
  );
}

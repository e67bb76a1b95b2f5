import { useTranslation } from 'react-i18next';

const steps = ['signIn', 'devTools', 'storage', 'copy'] as const;

export function HowToGetOne() {
  const { t } = useTranslation();
  return (
    <details className="w-full max-w-md text-left">
      <summary className="mx-auto min-h-6 w-fit text-accent">{t('tokens.howTo.title')}</summary>
      <ol className="mt-2 flex list-decimal flex-col gap-1 pl-5 text-muted">
        {steps.map((step) => (
          <li key={step}>{t(`tokens.howTo.${step}`)}</li>
        ))}
      </ol>
      <p className="mt-2 text-xs text-muted">{t('tokens.howTo.note')}</p>
    </details>
  );
}

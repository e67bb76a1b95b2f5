import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../../shared/exchange.ts';
import type { ProviderId } from '../../../../shared/provider.ts';
import { failureText } from '../../../lib/error-text.ts';

interface FailureBoxProps {
  readonly failure: Failure;
  readonly provider: ProviderId | undefined;
  /** For one attempt: what happened. The advice is given once, for the whole request. */
  readonly brief?: boolean;
}

/** Whose fault it was and what to do; the raw words of the provider only behind a click. */
export function FailureBox({ failure, provider, brief = false }: FailureBoxProps) {
  const { t } = useTranslation();
  const { title, hint } = failureText(failure, provider);
  const { upstreamCode, upstreamMessage, upstreamStatus } = failure;
  return (
    <div className={brief ? '' : 'rounded-control border border-danger/30 bg-danger/5 px-3 py-2'}>
      <p>{brief ? title : hint}</p>
      <p className="mt-1 text-xs text-muted">
        {t('logs.panel.blame', { blame: t(`blame.${failure.blame}`) })} · <span className="code">{failure.code}</span>
      </p>
      <details className="mt-1">
        <summary className="min-h-6 text-xs text-accent">{t('logs.panel.exactWords')}</summary>
        <p lang="en" className="mt-1 text-xs wrap-anywhere">
          {failure.message}
        </p>
        {(upstreamStatus !== null || upstreamCode !== null || upstreamMessage !== null) && (
          <pre className="code mt-1 max-h-48 overflow-auto rounded-control border border-line bg-bg p-2 text-xs whitespace-pre-wrap wrap-anywhere">
            {[upstreamStatus, upstreamCode, upstreamMessage].filter((part) => part !== null).join('\n')}
          </pre>
        )}
      </details>
    </div>
  );
}

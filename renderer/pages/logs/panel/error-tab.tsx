import { useTranslation } from 'react-i18next';
import type { Exchange, Failure } from '../../../../shared/exchange.ts';
import { Facts } from '../../../components/facts.tsx';
import { failureText, providerOf } from '../../../lib/error-text.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { OtherBase } from '../../providers/base-choice.tsx';
import { LongText } from './bodies/long-text.tsx';
import { Part } from './part.tsx';

/** Of what a provider said. */
const longest = 4_096;

interface ErrorTabProps {
  readonly exchange: Exchange;
  readonly failure: Failure;
}

/** Whose fault it was, what to do, and the exact words; with the one button that may help. */
export function ErrorTab({ exchange, failure }: ErrorTabProps) {
  const { t } = useTranslation();
  const { providers } = useGateway();
  const providerId = providerOf(exchange);
  const provider = providers.find(({ id }) => id === providerId);
  const { title, hint } = failureText(failure, providerId);
  const { upstreamCode, upstreamMessage, upstreamStatus } = failure;
  return (
    <div className="flex flex-col gap-6">
      <div className="rounded-control border border-danger/30 bg-danger/5 px-3 py-2">
        <p className="text-base font-medium">{title}</p>
        <p className="mt-1">{hint}</p>
        {failure.code === 'wrong_base' && provider !== undefined && (
          <div className="mt-2">
            <OtherBase provider={provider} />
          </div>
        )}
      </div>
      <Facts
        facts={[
          { name: t('logs.error.code'), value: <span className="code">{failure.code}</span> },
          { name: t('logs.error.cause'), value: t(`blame.${failure.blame}`) },
          { name: t('logs.error.status'), value: failure.status },
          ...(upstreamStatus === null ? [] : [{ name: t('logs.error.upstreamStatus'), value: upstreamStatus }]),
          ...(upstreamCode === null
            ? []
            : [{ name: t('logs.error.upstreamCode'), value: <span className="code">{upstreamCode}</span> }]),
        ]}
      />
      <Part title={t('logs.panel.exactWords')}>
        <div lang="en" className="flex flex-col gap-2">
          <LongText text={failure.message} label={t('logs.panel.exactWords')} />
          {upstreamMessage !== null && (
            <LongText text={upstreamMessage.slice(0, longest)} label={t('logs.error.upstream')} />
          )}
        </div>
      </Part>
    </div>
  );
}

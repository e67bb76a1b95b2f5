import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import { StatusChip } from '../../../components/status-chip.tsx';
import { providerOf } from '../../../lib/error-text.ts';
import { useFormat } from '../../../lib/format.ts';
import { useNow } from '../../../lib/now.ts';
import { verdict } from '../verdict.ts';
import { Attempts } from './attempts.tsx';
import { CancelButton } from './cancel-button.tsx';
import { ExchangeFacts } from './exchange-facts.tsx';
import { FailureBox } from './failure-box.tsx';
import { Timings } from './timings.tsx';
import { UsageFacts } from './usage-facts.tsx';
import { Warnings } from './warnings.tsx';

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

export function ExchangeDetail({ exchange }: { readonly exchange: Exchange }) {
  const { t } = useTranslation();
  const format = useFormat();
  const active = exchange.outcome === 'active';
  const now = useNow(250, active);
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-2">
        <div className="flex items-center gap-2">
          <StatusChip exchange={exchange} />
          <time className="text-muted" dateTime={new Date(exchange.receivedAt).toISOString()}>
            {format.dateTime(exchange.receivedAt)}
          </time>
          {active && <CancelButton id={exchange.id} />}
        </div>
        <p data-testid="verdict" className="text-base font-medium">
          {verdict(exchange, now, t, format)}
        </p>
        {exchange.failure !== null && <FailureBox failure={exchange.failure} provider={providerOf(exchange)} />}
      </div>
      <Part title={t('logs.panel.timings')}>
        <Timings exchange={exchange} now={now} />
      </Part>
      {exchange.attempts.length > 0 && (
        <Part title={t('logs.panel.attempts')}>
          <Attempts exchange={exchange} now={now} />
        </Part>
      )}
      {exchange.warnings.length > 0 && (
        <Part title={t('logs.panel.warnings')}>
          <Warnings notices={exchange.warnings} />
        </Part>
      )}
      {exchange.usage !== null && (
        <Part title={t('logs.panel.usage')}>
          <UsageFacts exchange={exchange} usage={exchange.usage} />
        </Part>
      )}
      <Part title={t('logs.panel.details')}>
        <ExchangeFacts exchange={exchange} />
      </Part>
    </div>
  );
}

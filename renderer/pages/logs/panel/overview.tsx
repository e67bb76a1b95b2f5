import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import { Button } from '../../../components/button.tsx';
import { failureText, providerOf } from '../../../lib/error-text.ts';
import { useFormat } from '../../../lib/format.ts';
import type { PanelTab } from '../logs-search.ts';
import { verdict } from '../verdict.ts';
import { ExchangeFacts } from './exchange-facts.tsx';
import { Part } from './part.tsx';
import { Timings } from './timings.tsx';
import { UsageFacts } from './usage-facts.tsx';
import { Warnings } from './warnings.tsx';

interface OverviewProps {
  readonly exchange: Exchange;
  readonly now: number;
  readonly onTab: (tab: PanelTab) => void;
  readonly onOpen: (id: string) => void;
}

/** What became of it in one sentence, where the time went, and what it cost. */
export function Overview({ exchange, now, onTab, onOpen }: OverviewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { failure, replayOf, usage, warnings } = exchange;
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-2">
        <p data-testid="verdict" className="text-base font-medium">
          {verdict(exchange, now, t, format)}
        </p>
        {replayOf !== null && (
          <p>
            {t('logs.replay.of')}{' '}
            <button type="button" className="code text-accent underline" onClick={() => onOpen(replayOf)}>
              {replayOf}
            </button>
          </p>
        )}
        {failure !== null && (
          <div className="flex flex-wrap items-center justify-between gap-2 rounded-control border border-danger/30 bg-danger/5 px-3 py-2">
            <p className="min-w-0 flex-1 basis-56">{failureText(failure, providerOf(exchange)).hint}</p>
            <Button size="small" onClick={() => onTab('error')}>
              {t('logs.error.more')}
            </Button>
          </div>
        )}
      </div>
      <Part title={t('logs.panel.timings')}>
        <Timings exchange={exchange} now={now} />
      </Part>
      {warnings.length > 0 && (
        <Part title={t('logs.panel.warnings')}>
          <Warnings notices={warnings} />
        </Part>
      )}
      {usage !== null && (
        <Part title={t('logs.panel.usage')}>
          <UsageFacts exchange={exchange} usage={usage} />
        </Part>
      )}
      <Part title={t('logs.panel.details')}>
        <ExchangeFacts exchange={exchange} />
      </Part>
    </div>
  );
}

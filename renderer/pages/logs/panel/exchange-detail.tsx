import { Tabs } from '@base-ui/react/tabs';
import { Pin, PinOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import { Button } from '../../../components/button.tsx';
import { StatusChip } from '../../../components/status-chip.tsx';
import { useFormat } from '../../../lib/format.ts';
import { useHotkey } from '../../../lib/hotkeys.ts';
import { useNow } from '../../../lib/now.ts';
import { CopyMenu } from '../actions/copy-menu.tsx';
import { ReplayMenu } from '../actions/replay-menu.tsx';
import { ReportButton } from '../actions/report-button.tsx';
import { togglePin, useLogsPrefs } from '../logs-prefs.ts';
import { type PanelTab, panelTabs } from '../logs-search.ts';
import { Attempts } from './attempts.tsx';
import { CancelButton } from './cancel-button.tsx';
import { ErrorTab } from './error-tab.tsx';
import { Overview } from './overview.tsx';
import { RequestTab } from './request-tab.tsx';
import { ResponseTab } from './response-tab.tsx';

interface ExchangeDetailProps {
  readonly exchange: Exchange;
  readonly tab: PanelTab;
  readonly onTab: (tab: PanelTab) => void;
  /** Another exchange is to be shown. */
  readonly onOpen: (id: string) => void;
}

function PinButton({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const pinned = useLogsPrefs().pinned.includes(id);
  const Icon = pinned ? PinOff : Pin;
  useHotkey({ code: 'KeyP', browserOwned: true }, () => togglePin(id));
  return (
    <Button size="small" intent="ghost" aria-pressed={pinned} onClick={() => togglePin(id)}>
      <Icon aria-hidden size={14} />
      {t(pinned ? 'logs.unpin' : 'logs.pin')}
    </Button>
  );
}

export function ExchangeDetail({ exchange, tab, onTab, onOpen }: ExchangeDetailProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const active = exchange.outcome === 'active';
  const now = useNow(250, active);
  const { failure } = exchange;
  const shown = tab === 'error' && failure === null ? 'overview' : tab;
  return (
    <Tabs.Root value={shown} onValueChange={(next: PanelTab) => onTab(next)} className="flex flex-col">
      <div className="flex flex-wrap items-center gap-2">
        <StatusChip exchange={exchange} />
        <time className="text-muted" dateTime={new Date(exchange.receivedAt).toISOString()}>
          {format.dateTime(exchange.receivedAt)}
        </time>
        {active && <CancelButton id={exchange.id} />}
      </div>
      <div className="my-3 flex flex-wrap items-center gap-1">
        <ReplayMenu exchange={exchange} onOpen={onOpen} />
        <CopyMenu exchange={exchange} />
        <PinButton id={exchange.id} />
        <ReportButton />
      </div>
      <Tabs.List className="flex gap-3 overflow-x-auto overflow-y-hidden border-b border-line">
        {panelTabs
          .filter((value) => value !== 'error' || failure !== null)
          .map((value) => (
            <Tabs.Tab
              key={value}
              value={value}
              className="-mb-px h-9 border-b-2 border-transparent px-1 whitespace-nowrap text-muted hover:text-text data-active:border-accent data-active:font-medium data-active:text-text"
            >
              {t(`logs.tabs.${value}`)}
              {value === 'attempts' && exchange.attempts.length > 1 && ` ${exchange.attempts.length}`}
            </Tabs.Tab>
          ))}
      </Tabs.List>
      <Tabs.Panel value="overview" className="pt-4">
        <Overview exchange={exchange} now={now} onTab={onTab} onOpen={onOpen} />
      </Tabs.Panel>
      <Tabs.Panel value="attempts" className="pt-4">
        {exchange.attempts.length > 0 ? (
          <Attempts exchange={exchange} now={now} />
        ) : (
          <p className="text-muted">{t('logs.panel.noAttempts')}</p>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="request" className="pt-4">
        <RequestTab exchange={exchange} />
      </Tabs.Panel>
      <Tabs.Panel value="response" className="pt-4">
        <ResponseTab exchange={exchange} />
      </Tabs.Panel>
      <Tabs.Panel value="error" className="pt-4">
        {failure !== null && <ErrorTab exchange={exchange} failure={failure} />}
      </Tabs.Panel>
    </Tabs.Root>
  );
}

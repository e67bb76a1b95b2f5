import { SearchX, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/empty-state.tsx';
import { IconButton } from '../../../components/icon-button.tsx';
import { LoadFailed } from '../../../components/load-failed.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useLogsPrefs } from '../logs-prefs.ts';
import type { PanelTab } from '../logs-search.ts';
import { ExchangeDetail } from './exchange-detail.tsx';
import { panelId } from './focus-panel.ts';
import { ResizeHandle } from './resize-handle.tsx';
import { useExchange } from './use-exchange.ts';

interface ExchangePanelProps {
  readonly id: string;
  readonly tab: PanelTab;
  readonly onTab: (tab: PanelTab) => void;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

function PanelBody({ id, tab, onTab, onOpen }: Omit<ExchangePanelProps, 'onClose'>) {
  const { t } = useTranslation();
  const { exchange, isError, isPending, refetch } = useExchange(id);
  if (exchange !== null) return <ExchangeDetail exchange={exchange} tab={tab} onTab={onTab} onOpen={onOpen} />;
  if (isError) return <LoadFailed retry={() => void refetch()} testId="exchange-error" />;
  if (isPending) return <Skeleton rows={6} testId="exchange-loading" />;
  return <EmptyState icon={SearchX} title={t('logs.panel.gone')} testId="exchange-gone" />;
}

/** Beside the list, never over it where there is room: the list stays in sight and in use. */
export function ExchangePanel({ onClose, ...body }: ExchangePanelProps) {
  const { t } = useTranslation();
  const { panelWidth } = useLogsPrefs();
  return (
    <>
      <ResizeHandle />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes from anywhere inside; the close button does the same for a pointer */}
      <aside
        id={panelId}
        tabIndex={-1}
        aria-label={t('logs.panel.label')}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.defaultPrevented) onClose();
        }}
        style={{ width: panelWidth }}
        className="flex min-h-0 max-w-[70%] shrink-0 flex-col bg-bg outline-none max-lg:absolute max-lg:inset-0 max-lg:z-10 max-lg:w-full! max-lg:max-w-full max-sm:fixed max-sm:z-20"
      >
        <div className="flex h-9 shrink-0 items-center justify-between border-b border-line bg-surface pr-1 pl-4">
          <h2 className="font-semibold">{t('logs.panel.title')}</h2>
          <IconButton icon={X} label={t('logs.panel.close')} onClick={onClose} />
        </div>
        <section
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
          tabIndex={0}
          aria-label={t('logs.panel.title')}
          className="min-h-0 flex-1 overflow-y-auto p-4 -outline-offset-2"
        >
          <PanelBody {...body} />
        </section>
      </aside>
    </>
  );
}

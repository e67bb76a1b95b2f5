import { SearchX, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/empty-state.tsx';
import { IconButton } from '../../../components/icon-button.tsx';
import { LoadFailed } from '../../../components/load-failed.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { exchangeFeed } from '../../../lib/exchange-feed.ts';
import { useStoredExchange } from '../../../lib/queries.ts';
import { ExchangeDetail } from './exchange-detail.tsx';
import { panelId } from './focus-panel.ts';

interface ExchangePanelProps {
  readonly id: string;
  readonly onClose: () => void;
}

function PanelBody({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const live = useSyncExternalStore(exchangeFeed.subscribe, () => exchangeFeed.get(id));
  const { data: stored, isError, isPending, refetch } = useStoredExchange(id, live === undefined);
  const exchange = live ?? stored;
  if (exchange !== undefined && exchange !== null) return <ExchangeDetail exchange={exchange} />;
  if (isError) return <LoadFailed retry={() => void refetch()} testId="exchange-error" />;
  if (isPending) return <Skeleton rows={6} testId="exchange-loading" />;
  return <EmptyState icon={SearchX} title={t('logs.panel.gone')} testId="exchange-gone" />;
}

/** Beside the list, never over it where there is room: the list stays in sight and in use. */
export function ExchangePanel({ id, onClose }: ExchangePanelProps) {
  const { t } = useTranslation();
  return (
    // Escape closes from anywhere inside; the close button does the same for a pointer.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      id={panelId}
      tabIndex={-1}
      aria-label={t('logs.panel.label')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
      className="flex min-h-0 w-[27rem] shrink-0 flex-col border-l border-line bg-bg outline-none max-lg:absolute max-lg:inset-0 max-lg:z-10 max-lg:w-full max-lg:border-l-0 max-sm:fixed max-sm:z-20"
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
        <PanelBody id={id} />
      </section>
    </aside>
  );
}

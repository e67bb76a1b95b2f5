import { Lock } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../shared/provider.ts';
import { cx } from '../../../lib/cx.ts';
import { useGateway, useLock } from '../../../lib/gateway-state.ts';
import { moveFocus } from '../../../lib/roving.ts';
import { moveProvider } from '../provider-actions.ts';
import { ProviderRow } from './provider-row.tsx';

interface ProviderListProps {
  readonly chosen: ProviderId | undefined;
  readonly onEdit: (id: ProviderId) => void;
  readonly className?: string;
}

/** All providers in the order in which they are asked; one tab stop, arrow keys go from one to the next. */
export function ProviderList({ chosen, onEdit, className }: ProviderListProps) {
  const { t } = useTranslation();
  const { providers } = useGateway();
  const fixedBy = useLock('providers.order');
  const list = useRef<HTMLOListElement>(null);
  const refocus = useRef<ProviderId | null>(null);
  const [said, setSaid] = useState('');

  // A row that is put elsewhere in the page loses the focus, so it is given back after each drawing.
  useLayoutEffect(() => {
    if (refocus.current === null) return;
    list.current?.querySelector<HTMLElement>(`[data-provider="${refocus.current}"]`)?.focus();
    refocus.current = null;
  });

  useEffect(() => {
    if (chosen !== undefined)
      list.current?.querySelector(`[data-provider="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  function move(id: ProviderId, name: string, by: -1 | 1) {
    if (fixedBy !== null) return;
    if (document.activeElement?.matches('[data-provider]')) refocus.current = id;
    const place = moveProvider(id, by);
    if (place !== null) setSaid(t('providers.row.moved', { provider: name, place, total: providers.length }));
  }

  return (
    <nav
      aria-label={t('providers.list')}
      className={cx(
        'flex shrink-0 flex-col gap-2 md:sticky md:top-4 md:max-h-[calc(100dvh-8.75rem)] md:w-60 lg:top-6 lg:w-64',
        className,
      )}
    >
      <p className="px-1 text-xs text-muted">
        {t('providers.orderNote')}
        {fixedBy !== null && (
          <span className="mt-1 flex items-center gap-1.5 text-warning">
            <Lock aria-hidden size={13} className="shrink-0" />
            {t('common.setBy', { name: fixedBy })}
          </span>
        )}
      </p>
      <output className="sr-only">{said}</output>
      <ol ref={list} className="flex min-h-0 flex-col gap-1 p-1 md:overflow-y-auto">
        {providers.map((provider, index) => (
          <ProviderRow
            key={provider.id}
            provider={provider}
            chosen={provider.id === chosen}
            place={index + 1}
            of={providers.length}
            onMove={(by) => move(provider.id, provider.name, by)}
            onEdit={() => onEdit(provider.id)}
            onKeyDown={(event) => void moveFocus(event, list.current, '[data-provider]')}
          />
        ))}
      </ol>
    </nav>
  );
}

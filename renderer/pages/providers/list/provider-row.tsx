import { Link } from '@tanstack/react-router';
import { Globe, House, KeyRound, type LucideIcon, Plug } from 'lucide-react';
import { type KeyboardEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderState } from '../../../../shared/state.ts';
import { ProviderChip } from '../../../components/provider-chip.tsx';
import { cx } from '../../../lib/cx.ts';
import { kindOf, type ProviderKind } from '../../../lib/providers.ts';
import { ProviderMenu } from './provider-menu.tsx';

const icons: Record<ProviderKind, LucideIcon> = { key: KeyRound, web: Globe, added: Plug, local: House };

interface ProviderRowProps {
  readonly provider: ProviderState;
  readonly chosen: boolean;
  readonly place: number;
  readonly of: number;
  readonly onMove: (by: -1 | 1) => void;
  readonly onEdit: () => void;
  /** Keys that do not move the provider itself. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function ProviderRow({ provider, chosen, place, of, onMove, onEdit, onKeyDown }: ProviderRowProps) {
  const { t } = useTranslation();
  const id = useId();
  const { modelCount, name, total, usable } = provider;
  const kind = kindOf(provider.id);
  const Icon = icons[kind];
  const tabIndex = chosen ? 0 : -1;
  return (
    <li
      className={cx(
        'relative flex items-center gap-1 rounded-card border py-1 pr-1 pl-3 transition-colors',
        chosen ? 'border-accent bg-accent/5' : 'border-line hover:bg-hover',
      )}
    >
      <div className="min-w-0 flex-1">
        <span className="flex min-w-0 flex-wrap items-center justify-between gap-x-2">
          <Link
            to="/providers/$providerId"
            params={{ providerId: provider.id }}
            data-provider={provider.id}
            tabIndex={tabIndex}
            aria-current={chosen ? 'true' : undefined}
            aria-describedby={id}
            aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
            onKeyDown={(event) => {
              if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) {
                onKeyDown(event);
                return;
              }
              event.preventDefault();
              onMove(event.key === 'ArrowUp' ? -1 : 1);
            }}
            title={name}
            // The whole row is the link; the menu beside it lies above.
            className="min-w-0 truncate text-base font-medium after:absolute after:inset-0 after:rounded-card focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent"
          >
            {name}
          </Link>
          <ProviderChip provider={provider} />
        </span>
        <span id={id} className="flex items-center gap-1 text-xs text-muted">
          <Icon aria-hidden size={12} className="shrink-0" />
          <span>
            {t(`providers.kinds.${kind}`)}
            {' · '}
            {total > 0
              ? t('providers.readyOf', { usable, count: total })
              : t('providers.modelCount', { count: modelCount })}
          </span>
        </span>
      </div>
      <span className="relative">
        <ProviderMenu
          provider={provider}
          first={place === 1}
          last={place === of}
          tabIndex={tabIndex}
          onMove={onMove}
          onEdit={onEdit}
        />
      </span>
    </li>
  );
}

import { Link, useMatchRoute } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { cx } from '../../lib/cx.ts';
import { comboLabel } from '../../lib/hotkeys.ts';
import { Tip } from '../tip.tsx';
import type { PageLink } from './pages.ts';

interface RailLinkProps {
  readonly page: PageLink;
  readonly digit: number;
  readonly badge: {
    readonly count: number;
    readonly tone: 'warning' | 'accent';
    readonly key: 'rail.attention' | 'rail.inFlight';
  } | null;
}

export function RailLink({ page: { id, to, icon: Icon }, digit, badge }: RailLinkProps) {
  const { t } = useTranslation();
  const here = useMatchRoute()({ to, fuzzy: true }) !== false;
  const shortcut = comboLabel(String(digit), { browserOwned: true });
  const label = t(`rail.${id}`);
  return (
    <Tip side="right" label={`${label} · ${shortcut}`}>
      <Link
        to={to}
        aria-current={here ? 'page' : undefined}
        className={cx(
          'relative flex h-9 items-center gap-3 rounded-control px-3 text-base transition-colors max-lg:justify-center max-sm:px-1.5 sm:max-lg:px-0',
          here ? 'bg-accent/10 font-medium text-accent' : 'text-muted hover:bg-hover hover:text-text',
        )}
      >
        <Icon aria-hidden size={18} className="shrink-0" />
        <span className="max-lg:sr-only">{label}</span>
        {badge !== null && badge.count > 0 && (
          <span
            className={cx(
              'keep-fill h-5 min-w-5 rounded-full px-1.5 text-center text-xs leading-5 font-medium text-bg max-lg:absolute max-lg:-top-1 max-lg:left-1/2 max-lg:ml-0.5 max-lg:h-4 max-lg:min-w-4 max-lg:px-1 max-lg:leading-4 max-lg:ring-2 max-lg:ring-surface lg:ml-auto',
              badge.tone === 'warning' ? 'bg-warning' : 'bg-accent',
            )}
          >
            <span aria-hidden>{badge.count}</span>
            <span className="sr-only">{t(badge.key, { count: badge.count })}</span>
          </span>
        )}
      </Link>
    </Tip>
  );
}

import { Link, useMatchRoute } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { cx } from '../../lib/cx.ts';
import { comboLabel } from '../../lib/hotkeys.ts';
import { Tip } from '../tip.tsx';
import type { PageLink } from './pages.ts';

/** How many, or that there is something (`dot`). A warning has corners, so that it is not told by its colour alone. */
export type Badge =
  | { readonly kind: 'attention' | 'inFlight'; readonly count: number }
  | { readonly kind: 'dot'; readonly text: string };

function BadgeMark({ badge }: { readonly badge: Badge }) {
  const { t } = useTranslation();
  if (badge.kind === 'dot') {
    return (
      <span className="size-2.5 rounded-full border-2 border-current max-lg:absolute max-lg:top-0.5 max-lg:left-1/2 max-lg:ml-1.5 lg:ml-auto">
        <span className="sr-only">{badge.text}</span>
      </span>
    );
  }
  if (badge.count === 0) return null;
  return (
    <span
      className={cx(
        'keep-fill h-5 min-w-5 px-1.5 text-center text-xs leading-5 font-medium text-bg max-lg:absolute max-lg:-top-1 max-lg:left-1/2 max-lg:ml-0.5 max-lg:h-4 max-lg:min-w-4 max-lg:px-1 max-lg:leading-4 max-lg:ring-2 max-lg:ring-surface lg:ml-auto',
        badge.kind === 'attention' ? 'rounded-control bg-warning' : 'rounded-full bg-accent',
      )}
    >
      <span aria-hidden>{badge.count}</span>
      <span className="sr-only">{t(`rail.${badge.kind}`, { count: badge.count })}</span>
    </span>
  );
}

interface RailLinkProps {
  readonly page: PageLink;
  readonly digit: number;
  readonly badge: Badge | null;
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
        {badge !== null && <BadgeMark badge={badge} />}
      </Link>
    </Tip>
  );
}

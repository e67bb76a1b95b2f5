import { useTranslation } from 'react-i18next';
import { useGateway } from '../../lib/gateway-state.ts';
import { useClientActivity } from '../../lib/clients.ts';
import { needsAttention } from '../../lib/providers.ts';
import { ConnectionState } from './connection-state.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { type PageLink, pageLinks } from './pages.ts';
import { PaletteButton } from './palette/palette-button.tsx';
import { type Badge, RailLink } from './rail-link.tsx';
import { SignOut } from './sign-out.tsx';
import { ThemeMenu } from './theme-menu.tsx';

export function Rail() {
  const { t } = useTranslation();
  const { providers, inFlight, secretStorage, version } = useGateway();
  const { data: activity } = useClientActivity();
  const badges: Record<PageLink['id'], Badge | null> = {
    home: null,
    connect: activity?.calls.length === 0 ? { kind: 'dot', text: t('rail.noClient') } : null,
    providers: { kind: 'attention', count: providers.filter(needsAttention).length },
    logs: { kind: 'inFlight', count: inFlight },
    test: null,
    settings: secretStorage === 'plain' ? { kind: 'dot', text: t('rail.unsealed') } : null,
  };
  return (
    <aside
      aria-label={t('rail.sidebar')}
      className="flex shrink-0 border-line bg-surface max-sm:order-last max-sm:border-t sm:w-14 sm:flex-col sm:border-r lg:w-52"
    >
      <div className="hidden h-11 shrink-0 items-center gap-2 px-4 text-base font-semibold lg:flex">
        <img src="./icon.svg" alt="" className="size-5" />
        Traygate
      </div>
      <nav
        aria-label={t('rail.label')}
        className="flex flex-1 gap-1 p-2 max-sm:justify-around max-sm:gap-0 sm:flex-col"
      >
        {pageLinks.map((page, index) => (
          <RailLink key={page.id} page={page} digit={index + 1} badge={badges[page.id]} />
        ))}
      </nav>
      <div className="flex items-center gap-1 p-2 sm:flex-col lg:flex-row lg:flex-wrap">
        <PaletteButton />
        <LanguageMenu />
        <ThemeMenu />
        <SignOut />
        <div className="hidden w-full items-center justify-between px-2 pt-1 text-xs text-muted lg:flex">
          <ConnectionState />
          <span>{version}</span>
        </div>
      </div>
    </aside>
  );
}

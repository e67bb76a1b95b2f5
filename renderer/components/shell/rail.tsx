import { useTranslation } from 'react-i18next';
import { useGateway } from '../../lib/gateway-state.ts';
import { needsAttention } from '../../lib/providers.ts';
import { ConnectionState } from './connection-state.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { pageLinks } from './pages.ts';
import { PaletteButton } from './palette/palette-button.tsx';
import { RailLink } from './rail-link.tsx';
import { SignOut } from './sign-out.tsx';
import { ThemeMenu } from './theme-menu.tsx';

export function Rail() {
  const { t } = useTranslation();
  const { providers, inFlight, version } = useGateway();
  const badges = {
    home: null,
    connect: null,
    providers: { count: providers.filter(needsAttention).length, tone: 'warning', key: 'rail.attention' },
    logs: { count: inFlight, tone: 'accent', key: 'rail.inFlight' },
    test: null,
    settings: null,
  } as const;
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

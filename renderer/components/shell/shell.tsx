import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Header } from './header.tsx';
import { LinkQuestion } from './link-question.tsx';
import { Paused } from './paused.tsx';
import { Rail } from './rail.tsx';
import { Reconnecting } from './reconnecting.tsx';
import { ShellHotkeys } from './shell-hotkeys.tsx';

export function Shell() {
  const { t } = useTranslation();
  return (
    <div className="flex h-full max-sm:flex-col">
      <a
        href="#main"
        onClick={(event) => {
          // The hash is the route, so the jump is made here instead of by the browser.
          event.preventDefault();
          document.querySelector<HTMLElement>('main')?.focus();
        }}
        className="sr-only z-50 rounded-control bg-raised px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('common.skip')}
      </a>
      <ShellHotkeys />
      <LinkQuestion />
      <Rail />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Header />
        <Reconnecting />
        <Paused />
        <main id="main" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
          <Outlet />
        </main>
      </div>
    </div>
  );
}

import { createHashHistory, createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { Shell } from './components/shell/shell.tsx';
import { onNavigate } from './lib/live.ts';
import { HomePage } from './pages/home/home-page.tsx';
import { LogsPage } from './pages/logs/logs-page.tsx';
import { readLogsSearch } from './pages/logs/logs-search.ts';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { ProvidersPage } from './pages/providers/providers-page.tsx';
import { readProviderSearch } from './pages/providers/provider-search.ts';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const goHome = () => {
  // oxlint-disable-next-line typescript/only-throw-error -- this is how the router is told to go elsewhere
  throw redirect({ to: '/home', replace: true });
};
const index = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: goHome });
/** A sign-in link opened where someone is signed in already. */
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', beforeLoad: goHome });

const home = createRoute({ getParentRoute: () => root, path: '/home', component: HomePage });

const providers = createRoute({
  getParentRoute: () => root,
  path: '/providers',
  component: ProvidersPage,
  validateSearch: readProviderSearch,
});
const provider = createRoute({ getParentRoute: () => providers, path: '$providerId' });

const logs = createRoute({
  getParentRoute: () => root,
  path: '/logs',
  component: LogsPage,
  validateSearch: readLogsSearch,
});
/** The list stays mounted while the panel beside it opens and closes. */
const exchange = createRoute({ getParentRoute: () => logs, path: '$exchangeId' });

export const router = createRouter({
  routeTree: root.addChildren([index, signIn, home, providers.addChildren([provider]), logs.addChildren([exchange])]),
  history: createHashHistory(),
});

onNavigate((to) => void router.navigate({ href: to }));

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

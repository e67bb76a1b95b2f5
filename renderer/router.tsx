import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { Shell } from './components/shell/shell.tsx';
import { onNavigate } from './lib/live.ts';
import { HomePage } from './pages/home/home-page.tsx';
import { readLogsSearch } from './pages/logs/logs-search.ts';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { readProviderSearch } from './pages/providers/provider-search.ts';
import { readTestSearch } from './pages/test/test-search.ts';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const goHome = () => {
  // oxlint-disable-next-line typescript/only-throw-error -- this is how the router is told to go elsewhere
  throw redirect({ to: '/home', replace: true });
};
const index = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: goHome });
/** A sign-in link opened where someone is signed in already. */
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', beforeLoad: goHome });

const home = createRoute({ getParentRoute: () => root, path: '/home', component: HomePage });

/** Home comes with the window; the code of each other page when somebody is about to go there. */
const connect = createRoute({
  getParentRoute: () => root,
  path: '/connect',
  component: lazyRouteComponent(() => import('./pages/connect/connect-page.tsx'), 'ConnectPage'),
});
const client = createRoute({ getParentRoute: () => connect, path: '$clientId' });

const providers = createRoute({
  getParentRoute: () => root,
  path: '/providers',
  component: lazyRouteComponent(() => import('./pages/providers/providers-page.tsx'), 'ProvidersPage'),
  validateSearch: readProviderSearch,
});
const provider = createRoute({ getParentRoute: () => providers, path: '$providerId' });

const logs = createRoute({
  getParentRoute: () => root,
  path: '/logs',
  component: lazyRouteComponent(() => import('./pages/logs/logs-page.tsx'), 'LogsPage'),
  validateSearch: readLogsSearch,
});
/** The list stays mounted while the panel beside it opens and closes. */
const exchange = createRoute({ getParentRoute: () => logs, path: '$exchangeId' });

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage'),
});
/** Another section is another part of the same page. */
const settingsSection = createRoute({ getParentRoute: () => settings, path: '$section' });

const test = createRoute({
  getParentRoute: () => root,
  path: '/test',
  component: lazyRouteComponent(() => import('./pages/test/test-page.tsx'), 'TestPage'),
  validateSearch: readTestSearch,
});

export const router = createRouter({
  routeTree: root.addChildren([
    index,
    signIn,
    home,
    connect.addChildren([client]),
    providers.addChildren([provider]),
    logs.addChildren([exchange]),
    test,
    settings.addChildren([settingsSection]),
  ]),
  history: createHashHistory(),
  defaultPreload: 'intent',
});

onNavigate((to) => void router.navigate({ href: to }));

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

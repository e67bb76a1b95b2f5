import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Starting } from './components/starting.tsx';
import { Toaster } from './components/toaster.tsx';
import { gatewayState } from './lib/gateway-state.ts';
import { queries } from './lib/queries.ts';
import { session } from './lib/session.ts';
import { usePreferencesKept } from './lib/settings.ts';
import { useStore } from './lib/store.ts';
import { SignInPage } from './pages/sign-in/sign-in-page.tsx';
import { router } from './router.tsx';

function Gate() {
  const signedOut = useStore(session) === 'out';
  const ready = useStore(gatewayState) !== null;
  if (signedOut) return <SignInPage />;
  return ready ? <Ready /> : <Starting />;
}

function Ready() {
  usePreferencesKept();
  return <RouterProvider router={router} />;
}

export function App() {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <Tooltip.Provider delay={400}>
          <Gate />
          <Toaster />
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  );
}

import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../components/chip.tsx';
import { isLoopback, useGateway } from '../../lib/gateway-state.ts';
import { AccessFields } from './access-fields.tsx';
import { ClientCards } from './client-cards.tsx';
import { CurlExample } from './curl-example.tsx';
import { SelfTest } from './first-run/self-test.tsx';
import { TestRequest, type useTestRequest } from './test-request.tsx';

/** Until the first request: everything a client needs, on one screen. */
export function Welcome({ test }: { readonly test: ReturnType<typeof useTestRequest> }) {
  const { t } = useTranslation();
  const { host, status } = useGateway();
  return (
    <section
      aria-labelledby="welcome-title"
      className="flex max-w-4xl flex-col gap-4 rounded-card border border-line bg-surface p-4 sm:p-6"
    >
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="welcome-title" className="text-lg font-semibold">
          {t(status === 'running' ? 'home.welcome.titleReady' : 'home.welcome.title')}
        </h2>
        {status === 'running' && (
          <Chip tone="success" icon={CircleCheck}>
            {t(isLoopback(host) ? 'home.welcome.runningHere' : 'home.welcome.running')}
          </Chip>
        )}
      </div>
      <AccessFields hints />
      <SelfTest />
      <ClientCards />
      <CurlExample />
      <div className="flex flex-wrap items-center gap-3">
        <TestRequest test={test} primary />
        <span className="text-muted">{t('home.welcome.waiting')}</span>
      </div>
      <p>{t(isLoopback(host) ? 'home.welcome.privacy' : 'home.welcome.privacyNetwork')}</p>
      <p className="text-xs text-muted">{t('home.welcome.notAffiliated')}</p>
    </section>
  );
}

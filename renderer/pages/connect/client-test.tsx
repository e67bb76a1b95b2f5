import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientChoice } from '../../../shared/clients.ts';
import type { Output } from '../../../shared/contract.ts';
import { Button } from '../../components/button.tsx';
import { call } from '../../lib/backend.ts';
import { useFormat } from '../../lib/format.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { attempt } from '../../lib/toasts.ts';
import { Step } from './step.tsx';

/** One request in the name of the client: it shows the way, and turns no card green. */
export function ClientTest({ choice }: { readonly choice: ClientChoice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status } = useGateway();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Output<'clients.test'> | null>(null);
  async function send() {
    setBusy(true);
    setResult(await attempt(call('clients.test', choice)));
    setBusy(false);
  }
  const Icon = result?.ok === true ? CircleCheck : CircleAlert;
  return (
    <Step title={t('connect.test.title')} note={t('connect.test.note')}>
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={busy || status !== 'running'} onClick={() => void send()}>
          <Send aria-hidden size={14} />
          {t(busy ? 'connect.test.busy' : 'connect.test.send')}
        </Button>
        <output className="flex min-w-0 flex-wrap items-center gap-1.5">
          {result !== null && (
            <>
              <Icon aria-hidden size={15} className={result.ok ? 'shrink-0 text-success' : 'shrink-0 text-danger'} />
              {result.ok ? (
                t('connect.test.ok', { time: format.duration(result.took) })
              ) : (
                <span lang="en">{result.message ?? t('connect.test.failed')}</span>
              )}
              {result.exchangeId !== '' && (
                <Link
                  to="/logs/$exchangeId"
                  params={{ exchangeId: result.exchangeId }}
                  className="text-accent underline underline-offset-2"
                >
                  {t('connect.card.see')}
                </Link>
              )}
            </>
          )}
        </output>
      </div>
    </Step>
  );
}

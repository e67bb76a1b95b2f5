import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, CircleDashed, Power } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ClientId } from '../../../shared/clients.ts';
import { useClientActivity } from '../../lib/clients.ts';
import { useFormat } from '../../lib/format.ts';
import { useGateway } from '../../lib/gateway-state.ts';

/** Whether this client has got through: waits for its first request, then says how it went. */
export function CallLine({ client }: { readonly client: ClientId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status } = useGateway();
  const { data } = useClientActivity();
  const call = data?.calls.find((one) => one.client === client);
  if (call === undefined)
    return (
      <output className="flex items-center gap-2 text-muted">
        {status === 'running' ? (
          <>
            <CircleDashed aria-hidden size={15} className="shrink-0" />
            {t('connect.card.waiting')}
          </>
        ) : (
          <>
            <Power aria-hidden size={15} className="shrink-0" />
            {t('connect.card.stopped')}
          </>
        )}
      </output>
    );
  const Icon = call.ok ? CircleCheck : CircleAlert;
  const time = call.took === null ? '–' : format.duration(call.took);
  const values = { name: call.name, model: call.model, time };
  return (
    <output className="flex flex-wrap items-center gap-2" data-testid="client-call">
      <Icon aria-hidden size={15} className={call.ok ? 'shrink-0 text-success' : 'shrink-0 text-danger'} />
      <span className={call.ok ? 'text-success' : 'text-danger'}>
        {!call.ok
          ? t('connect.card.failed', values)
          : call.tokensPerSecond === null
            ? t('connect.card.ok', values)
            : t('connect.card.okSpeed', { ...values, speed: format.number(call.tokensPerSecond) })}
      </span>
      <Link
        to="/logs/$exchangeId"
        params={{ exchangeId: call.exchangeId }}
        className="text-accent underline underline-offset-2"
      >
        {t('connect.card.see')}
      </Link>
    </output>
  );
}

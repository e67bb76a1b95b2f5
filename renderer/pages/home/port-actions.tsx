import { useTranslation } from 'react-i18next';
import type { PortTaken } from '../../../shared/port.ts';
import { Button } from '../../components/button.tsx';
import { call } from '../../lib/backend.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { attempt } from '../../lib/toasts.ts';

/** The port is taken: another one, or the same one again. */
export function PortActions({ taken }: { readonly taken: PortTaken }) {
  const { t } = useTranslation();
  const { status } = useGateway();
  const { next } = taken;
  const waiting = status === 'starting';
  return (
    <div className="flex gap-2">
      {next !== null && (
        <Button
          size="small"
          intent="primary"
          disabled={waiting}
          onClick={() => void attempt(call('gateway.start', { port: next }))}
        >
          {t('home.attention.usePort', { port: String(next) })}
        </Button>
      )}
      <Button size="small" disabled={waiting} onClick={() => void attempt(call('gateway.start', null))}>
        {t('common.retry')}
      </Button>
    </div>
  );
}

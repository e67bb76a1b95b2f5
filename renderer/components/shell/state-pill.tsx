import { Circle, CircleAlert, CircleCheck, CircleDashed, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { GatewayState } from '../../../shared/state.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { Popover } from '../popover.tsx';
import { Pill } from './pill.tsx';
import { StateFacts } from './state-facts.tsx';

const looks: Record<GatewayState['status'], { icon: LucideIcon; colour: string }> = {
  starting: { icon: CircleDashed, colour: 'text-info' },
  running: { icon: CircleCheck, colour: 'text-success' },
  stopping: { icon: CircleDashed, colour: 'text-warning' },
  stopped: { icon: Circle, colour: 'text-muted' },
  error: { icon: CircleAlert, colour: 'text-danger' },
};

export function StatePill() {
  const { t } = useTranslation();
  const { status, error, inFlight } = useGateway();
  const { icon: Icon, colour } = looks[status];
  const word =
    status === 'error' && error?.code === 'port_in_use'
      ? t('header.state.portInUse')
      : t(`header.state.${status}`, { count: inFlight });
  return (
    <Popover
      title={t('header.stateTitle')}
      trigger={
        <Pill className="font-medium">
          <Icon aria-hidden size={15} className={colour} />
          <span className="max-[26rem]:sr-only">{word}</span>
        </Pill>
      }
    >
      <StateFacts />
    </Popover>
  );
}

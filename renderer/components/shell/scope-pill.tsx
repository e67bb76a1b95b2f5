import { LaptopMinimal, Network } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isLoopback, useGateway } from '../../lib/gateway-state.ts';

/** Who can reach the gateway. */
export function ScopePill() {
  const { t } = useTranslation();
  const { host } = useGateway();
  return isLoopback(host) ? (
    <span className="inline-flex items-center gap-1.5 px-2 whitespace-nowrap text-muted max-xl:hidden">
      <LaptopMinimal aria-hidden size={15} />
      {t('header.thisComputer')}
    </span>
  ) : (
    <span className="inline-flex h-6 items-center gap-1.5 rounded-control border border-warning/40 bg-warning/8 px-2 font-medium whitespace-nowrap text-warning max-md:hidden">
      <Network aria-hidden size={15} />
      {t('header.reachable', { host })}
    </span>
  );
}

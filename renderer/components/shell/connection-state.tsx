import { Radio, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { connection } from '../../lib/live.ts';
import { useStore } from '../../lib/store.ts';

/** Whether this window hears from the gateway; says nothing about the gateway itself. */
export function ConnectionState() {
  const { t } = useTranslation();
  const { live } = useStore(connection);
  const Icon = live ? Radio : RotateCw;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden size={13} className={live ? 'text-success' : 'text-warning'} />
      {t(live ? 'rail.live' : 'rail.reconnecting')}
    </span>
  );
}

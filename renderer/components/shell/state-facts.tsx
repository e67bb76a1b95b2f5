import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { useNow } from '../../lib/now.ts';
import { Facts } from '../facts.tsx';

export function StateFacts() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const { addresses, error, pid, secretStorage, startedAt, version } = useGateway();
  return (
    <Facts
      facts={[
        { name: t('header.uptime'), value: startedAt === null ? '–' : format.duration(now - startedAt) },
        {
          name: t('header.addresses'),
          value: addresses.map((address) => (
            <div key={address} className="code">
              {address}
            </div>
          )),
        },
        { name: t('header.version'), value: version },
        { name: t('header.pid'), value: String(pid) },
        { name: t('header.secrets'), value: t(`header.secretStorage.${secretStorage}`) },
        {
          name: t('header.lastError'),
          value: error === null ? t('header.noError') : <span lang="en">{error.message}</span>,
        },
      ]}
    />
  );
}

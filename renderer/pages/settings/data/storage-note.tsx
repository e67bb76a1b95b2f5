import { Lock, LockOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../../components/banner.tsx';
import { useGateway } from '../../../lib/gateway-state.ts';

const texts = { keychain: 'keychain', 'key-file': 'keyFile', environment: 'environment', plain: 'plain' } as const;

/** How well secrets are protected on this computer, as it is. */
export function StorageNote() {
  const { t } = useTranslation();
  const { secretStorage } = useGateway();
  const open = secretStorage === 'plain';
  return (
    <section aria-labelledby="storage">
      <h3 id="storage" className="mb-1 font-medium">
        {t('settings.data.storage')}
      </h3>
      <Banner tone={open ? 'warning' : 'info'} icon={open ? LockOpen : Lock}>
        {t(`settings.data.${texts[secretStorage]}`)}
      </Banner>
    </section>
  );
}

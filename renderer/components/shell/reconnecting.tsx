import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';
import { connection } from '../../lib/live.ts';
import { useStore } from '../../lib/store.ts';
import { Banner } from '../banner.tsx';

export function Reconnecting() {
  const { t } = useTranslation();
  const format = useFormat();
  const { live, since } = useStore(connection);
  return (
    <div aria-live="polite">
      {!live && (
        <Banner tone="warning" icon={RotateCw} className="mx-4 mt-3 lg:mx-6">
          {t('reconnecting.text', { time: format.clock(since) })}
        </Banner>
      )}
    </div>
  );
}

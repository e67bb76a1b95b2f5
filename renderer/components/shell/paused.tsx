import { CirclePause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/backend.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { attempt } from '../../lib/toasts.ts';
import { Banner } from '../banner.tsx';
import { Button } from '../button.tsx';

/** A pause lasts until somebody ends it, so every page says that there is one. */
export function Paused() {
  const { t } = useTranslation();
  const { paused } = useGateway();
  const resume = () => void attempt(call('gateway.pause', { paused: false }));
  return (
    <div aria-live="polite">
      {paused && (
        <Banner
          tone="warning"
          icon={CirclePause}
          className="mx-4 mt-3 lg:mx-6"
          action={
            <Button size="small" onClick={resume}>
              {t('paused.resume')}
            </Button>
          }
        >
          {t('paused.text')}
        </Banner>
      )}
    </div>
  );
}

import { Pause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';

interface PausedBannerProps {
  readonly missed: number;
  readonly onResume: () => void;
}

export function PausedBanner({ missed, onResume }: PausedBannerProps) {
  const { t } = useTranslation();
  return (
    <Banner
      tone="info"
      icon={Pause}
      action={
        <Button size="small" onClick={onResume}>
          {t('logs.resume')}
        </Button>
      }
    >
      {t('logs.paused', { count: missed })}
    </Banner>
  );
}

import { Pause, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { useHotkey } from '../../lib/hotkeys.ts';

interface PauseButtonProps {
  readonly paused: boolean;
  readonly onPause: (paused: boolean) => void;
}

export function PauseButton({ paused, onPause }: PauseButtonProps) {
  const { t } = useTranslation();
  useHotkey({ code: 'KeyP', shift: true, browserOwned: true }, () => onPause(!paused));
  return (
    <Button onClick={() => onPause(!paused)}>
      {paused ? <Play aria-hidden size={14} /> : <Pause aria-hidden size={14} />}
      {t(paused ? 'logs.resume' : 'logs.pause')}
    </Button>
  );
}

import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { comboLabel } from '../../../lib/hotkeys.ts';
import { IconButton } from '../../icon-button.tsx';
import { openPalette } from './palette-host.tsx';

export function PaletteButton() {
  const { t } = useTranslation();
  return (
    <IconButton
      icon={Search}
      label={`${t('palette.title')} · ${comboLabel('K')}`}
      aria-keyshortcuts="Control+K Meta+K"
      className="size-8 max-sm:hidden"
      onClick={openPalette}
    />
  );
}

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { appearance, setAppearance, themes } from '../../lib/appearance.ts';
import { useStore } from '../../lib/store.ts';
import { attempt } from '../../lib/toasts.ts';
import { IconButton } from '../icon-button.tsx';
import { Menu, MenuChoices } from '../menu.tsx';
import { useFixed } from './use-fixed.ts';

const icons = { system: Monitor, light: Sun, dark: Moon } as const;

export function ThemeMenu() {
  const { t } = useTranslation();
  const { theme } = useStore(appearance);
  const fixed = useFixed('ui.theme');
  const label = fixed === null ? t('rail.theme') : t('common.setBy', { name: fixed });
  return (
    <Menu
      side="top"
      trigger={<IconButton icon={icons[theme]} label={label} disabled={fixed !== null} className="size-8" />}
    >
      <MenuChoices
        label={t('rail.theme')}
        value={theme}
        choices={themes.map((value) => ({ value, label: t(`rail.themes.${value}`) }))}
        onChoose={(next) => void attempt(setAppearance({ theme: next }))}
      />
    </Menu>
  );
}

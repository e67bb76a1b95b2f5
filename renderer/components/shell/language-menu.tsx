import { Languages } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { appearance, setAppearance } from '../../lib/appearance.ts';
import { useStore } from '../../lib/store.ts';
import { attempt } from '../../lib/toasts.ts';
import { IconButton } from '../icon-button.tsx';
import { Menu, MenuChoices } from '../menu.tsx';
import { useFixed } from './use-fixed.ts';

export function LanguageMenu() {
  const { t } = useTranslation();
  const { language } = useStore(appearance);
  const fixed = useFixed('ui.language');
  const label = fixed === null ? t('rail.language') : t('common.setBy', { name: fixed });
  return (
    <Menu
      side="top"
      trigger={<IconButton icon={Languages} label={label} disabled={fixed !== null} className="size-8" />}
    >
      <MenuChoices
        label={t('rail.language')}
        value={language}
        choices={[
          { value: 'system', label: t('rail.languageSystem') },
          // Each language is named in itself, so that it can be found by those who read no other.
          { value: 'en', label: 'English' },
          { value: 'zh-CN', label: '简体中文' },
        ]}
        onChoose={(next) => void attempt(setAppearance({ language: next }))}
      />
    </Menu>
  );
}

import { Shuffle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { Menu, MenuChoices } from '../../../components/menu.tsx';
import { useLock } from '../../../lib/gateway-state.ts';
import { setSetting, useSettings } from '../../../lib/settings.ts';
import { attempt } from '../../../lib/toasts.ts';

const path = 'pool.strategy';
const strategies = ['round-robin', 'least-in-flight', 'weighted', 'priority'] as const;

/** Which token is next. One rule for all providers, which is said. */
export function StrategyMenu() {
  const { t } = useTranslation();
  const { data } = useSettings();
  const fixedBy = useLock(path);
  const chosen = strategies.find((strategy) => strategy === data?.values[path]);
  if (chosen === undefined) return null;
  const label = `${t('tokens.strategy')}: ${t(`settingChoices.${chosen}`)}`;
  return (
    <Menu
      trigger={
        <Button
          intent="ghost"
          disabled={fixedBy !== null}
          title={fixedBy === null ? label : t('common.setBy', { name: fixedBy })}
          aria-label={label}
        >
          <Shuffle aria-hidden size={14} />
          {t(`settingChoices.${chosen}`)}
        </Button>
      }
    >
      <p className="max-w-64 px-2 py-1 text-xs text-muted">{t('tokens.strategyNote')}</p>
      <MenuChoices
        label={t('tokens.strategy')}
        value={chosen}
        choices={strategies.map((value) => ({ value, label: t(`settingChoices.${value}`) }))}
        onChoose={(value) => void attempt(setSetting(path, value))}
      />
    </Menu>
  );
}

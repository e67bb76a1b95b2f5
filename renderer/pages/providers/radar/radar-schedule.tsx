import { CalendarClock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { Menu, MenuChoices } from '../../../components/menu.tsx';
import { call } from '../../../lib/backend.ts';
import { useLock } from '../../../lib/gateway-state.ts';
import { attempt } from '../../../lib/toasts.ts';

const choices = ['0', '1', '6', '12', '24'] as const;
type Choice = (typeof choices)[number];

/** How often all providers are checked without being asked to. */
export function RadarSchedule({ everyHours }: { readonly everyHours: number }) {
  const { t } = useTranslation();
  const fixedBy = useLock('radar.everyHours');
  const chosen = choices.find((choice) => Number(choice) === everyHours);
  const shown = chosen === undefined ? t('radar.hours.other', { hours: everyHours }) : t(`radar.hours.${chosen}`);
  if (fixedBy !== null)
    return (
      <span className="text-xs text-muted">
        {t('radar.every')}: {shown} · {t('common.setBy', { name: fixedBy })}
      </span>
    );
  return (
    <Menu
      align="end"
      trigger={
        <Button intent="ghost" size="small" aria-label={`${t('radar.every')}: ${shown}`}>
          <CalendarClock aria-hidden size={14} />
          {shown}
        </Button>
      }
    >
      <MenuChoices<Choice | ''>
        label={t('radar.every')}
        value={chosen ?? ''}
        choices={choices.map((value) => ({ value, label: t(`radar.hours.${value}`) }))}
        onChoose={(value) => void attempt(call('radar.schedule', { everyHours: Number(value) }))}
      />
    </Menu>
  );
}

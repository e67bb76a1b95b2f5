import { Columns3 } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { Popover } from '../../../components/popover.tsx';
import { setLogsPrefs, useLogsPrefs } from '../logs-prefs.ts';
import { columns, densities } from './columns.ts';

/** Which columns are shown, how close together the rows are, and how waterfalls are drawn. */
export function ViewMenu() {
  const { t } = useTranslation();
  const prefs = useLogsPrefs();
  const density = useId();
  return (
    <Popover
      title={t('logs.view.title')}
      trigger={
        <Button>
          <Columns3 aria-hidden size={14} />
          {t('logs.view.title')}
        </Button>
      }
    >
      <fieldset className="grid grid-cols-2 gap-x-3">
        <legend className="mb-1 text-xs text-muted">{t('logs.view.columns')}</legend>
        {columns.map(({ id }) => {
          const shown = prefs.columns.includes(id);
          return (
            <label key={id} className="flex min-h-7 items-center gap-2">
              <input
                type="checkbox"
                checked={shown}
                disabled={shown && prefs.columns.length === 1}
                onChange={() =>
                  setLogsPrefs({
                    columns: columns
                      .map((column) => column.id)
                      .filter((other) => (other === id ? !shown : prefs.columns.includes(other))),
                  })
                }
              />
              {t(`logs.columns.${id}`)}
            </label>
          );
        })}
      </fieldset>
      <fieldset className="mt-3">
        <legend className="mb-1 text-xs text-muted">{t('logs.view.density')}</legend>
        <div className="flex flex-wrap gap-3">
          {densities.map((value) => (
            <label key={value} className="flex min-h-7 items-center gap-1.5">
              <input
                type="radio"
                name={density}
                checked={prefs.density === value}
                onChange={() => setLogsPrefs({ density: value })}
              />
              {t(`logs.view.densities.${value}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <label className="mt-2 flex min-h-7 items-center gap-2">
        <input type="checkbox" checked={prefs.logScale} onChange={() => setLogsPrefs({ logScale: !prefs.logScale })} />
        {t('logs.view.logScale')}
      </label>
    </Popover>
  );
}

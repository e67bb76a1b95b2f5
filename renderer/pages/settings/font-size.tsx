import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { fontSize, fontSizes, setFontSize } from '../../lib/font-size.ts';
import { useStore } from '../../lib/store.ts';
import { box } from './fields/controls.tsx';

/** How large the letters of this window are. */
export function FontSize() {
  const { t } = useTranslation();
  const id = useId();
  const size = useStore(fontSize);
  return (
    <div className="grid gap-x-6 gap-y-2 p-2 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div>
        <label htmlFor={id} className="font-medium">
          {t('settings.fontSize.label')}
        </label>
        <p className="text-muted">{t('settings.fontSize.help')}</p>
      </div>
      <select
        id={id}
        value={size}
        onChange={({ target }) => setFontSize(Number(target.value))}
        className={`${box} sm:mr-8`}
      >
        {fontSizes.map((one) => (
          <option key={one} value={one}>
            {`${one} ${t('settings.units.pixels')}`}
          </option>
        ))}
      </select>
    </div>
  );
}

import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resettable } from '../../../../shared/settings.ts';
import { Button } from '../../../components/button.tsx';
import { call } from '../../../lib/backend.ts';
import { queries } from '../../../lib/queries.ts';
import { attempt, say } from '../../../lib/toasts.ts';
import { box } from '../fields/controls.tsx';

/** As at the first start; typed out, because there is no undo but the backup. */
export function ResetForm() {
  const { t } = useTranslation();
  const id = useId();
  const [what, setWhat] = useState<(typeof resettable)[number]>('settings');
  const [typed, setTyped] = useState('');
  const run = async () => {
    if (typed !== 'RESET') return;
    const done = await call('data.reset', { what, typed }).then(
      () => true,
      (error: unknown) => attempt(Promise.reject(error)),
    );
    if (done !== true) return;
    setTyped('');
    say(t('settings.data.resetDone'));
    await queries.invalidateQueries();
  };
  return (
    <section aria-labelledby={`${id}-title`} className="flex flex-col items-start gap-2">
      <div>
        <h3 id={`${id}-title`} className="font-medium">
          {t('settings.data.reset')}
        </h3>
        <p className="text-muted">{t('settings.data.resetHelp')}</p>
      </div>
      <label htmlFor={`${id}-what`} className="text-xs text-muted">
        {t('settings.data.what')}
      </label>
      <select
        id={`${id}-what`}
        value={what}
        onChange={({ target }) => setWhat(resettable.find((one) => one === target.value) ?? 'settings')}
        className={box}
      >
        {resettable.map((one) => (
          <option key={one} value={one}>
            {t(`settings.data.whats.${one}`)}
          </option>
        ))}
      </select>
      <label htmlFor={id} className="text-xs text-muted">
        {t('settings.data.type')}
      </label>
      <input
        id={id}
        value={typed}
        autoComplete="off"
        onChange={({ target }) => setTyped(target.value)}
        className={box}
      />
      <Button intent="danger" disabled={typed !== 'RESET'} onClick={() => void run()}>
        {t('settings.data.resetNow')}
      </Button>
    </section>
  );
}

import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/backend.ts';
import { useHotkey } from '../../../lib/hotkeys.ts';
import { reloadExchanges } from '../../../lib/live.ts';
import { createStore, useStore } from '../../../lib/store.ts';
import { attempt } from '../../../lib/toasts.ts';
import { ConfirmDialog } from '../../confirm-dialog.tsx';

const Palette = lazy(() => import('./palette.tsx'));

const opened = createStore(false);

export const openPalette = (): void => opened.set(true);

async function clearLogs(): Promise<void> {
  await call('exchanges.clear');
  await reloadExchanges();
}

/** Opens the palette wherever one is; what one of its actions asks outlives it. */
export function PaletteHost() {
  const { t } = useTranslation();
  const open = useStore(opened);
  const [clearing, setClearing] = useState(false);
  useHotkey({ code: 'KeyK' }, () => opened.set(!opened.get()));
  return (
    <>
      {open && (
        <Suspense fallback={null}>
          <Palette onClose={() => opened.set(false)} onClearLogs={() => setClearing(true)} />
        </Suspense>
      )}
      <ConfirmDialog
        open={clearing}
        onClose={() => setClearing(false)}
        title={t('logs.clearTitle')}
        body={t('logs.clearBody')}
        choices={[{ label: t('logs.clearYes'), intent: 'danger', run: () => void attempt(clearLogs()) }]}
      />
    </>
  );
}

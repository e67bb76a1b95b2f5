import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { CopyField } from '../../../components/copy-field.tsx';
import { copyAloud } from '../../../lib/copy-actions.ts';

export interface FreshKey {
  readonly name: string;
  readonly value: string;
}

/** A new value, this once. It goes when the user says it is saved, not by a click beside it. */
export function OnceDialog({ fresh, onDone }: { readonly fresh: FreshKey; readonly onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(15_17_21/0.45)]" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[32rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 rounded-dialog border border-line bg-raised p-4 shadow-float">
          <AlertDialog.Title className="text-lg font-semibold">
            {t('clientKeys.once.title', { name: fresh.name })}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 mb-3 text-muted">
            {t('clientKeys.once.body')}
          </AlertDialog.Description>
          <CopyField
            label={t('clientKeys.once.title', { name: fresh.name })}
            value={fresh.value}
            copyLabel={t('clientKeys.once.copy')}
            copy={() => copyAloud(fresh.value, t('clientKeys.copied'))}
          />
          <Button intent="primary" className="mt-4" onClick={onDone}>
            {t('clientKeys.once.done')}
          </Button>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

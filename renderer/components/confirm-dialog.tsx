import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly body: string;
  /** The first one is the default: it has the focus. */
  readonly choices: readonly {
    readonly label: string;
    readonly intent: 'primary' | 'secondary' | 'danger';
    readonly run: () => void;
  }[];
}

export function ConfirmDialog({ open, onClose, title, body, choices }: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(15_17_21/0.45)]" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[28rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 rounded-dialog border border-line bg-raised p-4 shadow-float">
          <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-muted">{body}</AlertDialog.Description>
          <div className="mt-4 flex flex-wrap gap-2">
            {choices.map(({ label, intent, run }) => (
              <AlertDialog.Close key={label} render={<Button intent={intent} />} onClick={run}>
                {label}
              </AlertDialog.Close>
            ))}
            <AlertDialog.Close render={<Button intent="ghost" className="ml-auto" />}>
              {t('common.cancel')}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

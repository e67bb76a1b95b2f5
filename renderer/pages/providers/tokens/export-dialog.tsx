import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../shared/provider.ts';
import type { Token } from '../../../../shared/token.ts';
import { Button } from '../../../components/button.tsx';
import { wordFor } from '../../../lib/providers.ts';
import { exportTokens } from './token-actions.ts';

const word = 'EXPORT';

interface ExportDialogProps {
  readonly tokens: readonly Token[];
  readonly provider: ProviderId;
  readonly onClose: () => void;
}

/** Tokens as plain text, for who has typed that he means it; the encrypted way is offered beside it. */
export function ExportDialog({ tokens, provider, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  const field = useId();
  const [typed, setTyped] = useState('');
  const save = async () => {
    if (await exportTokens(provider, tokens)) onClose();
  };
  return (
    <AlertDialog.Root open onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(15_17_21/0.45)]" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[30rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 rounded-dialog border border-line bg-raised p-4 shadow-float">
          <AlertDialog.Title className="text-lg font-semibold">
            {t('tokens.export.title', { count: tokens.length, ...wordFor(provider) })}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-muted">{t('tokens.export.body')}</AlertDialog.Description>
          <Link to="/settings/$section" params={{ section: 'data' }} className="text-accent hover:underline">
            {t('tokens.export.encrypted')}
          </Link>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (typed === word) void save();
            }}
          >
            <label htmlFor={field} className="mt-3 block">
              {t('tokens.export.type', { word })}
            </label>
            <input
              id={field}
              autoComplete="off"
              className="mt-1 h-8 w-full rounded-control border border-control bg-bg px-2"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <div className="mt-4 flex gap-2">
              <Button type="submit" intent="danger" disabled={typed !== word}>
                {t('tokens.export.save')}
              </Button>
              <AlertDialog.Close render={<Button intent="ghost" className="ml-auto" />}>
                {t('common.cancel')}
              </AlertDialog.Close>
            </div>
          </form>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

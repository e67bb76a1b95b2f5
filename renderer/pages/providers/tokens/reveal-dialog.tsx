import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Token } from '../../../../shared/token.ts';
import { Button } from '../../../components/button.tsx';
import { call } from '../../../lib/backend.ts';
import { useNow } from '../../../lib/now.ts';
import { wordFor } from '../../../lib/providers.ts';
import { attempt } from '../../../lib/toasts.ts';

const shownMs = 30_000;

function Revealed({
  value,
  alias,
  onEnd,
}: {
  readonly value: string;
  readonly alias: string;
  readonly onEnd: () => void;
}) {
  const { t } = useTranslation();
  const [until] = useState(() => Date.now() + shownMs);
  const now = useNow();
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    const timer = setTimeout(() => end(), shownMs);
    const left = () => end();
    window.addEventListener('blur', left);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('blur', left);
    };
  }, []);
  return (
    <>
      <textarea
        readOnly
        rows={5}
        aria-label={alias}
        data-testid="revealed"
        className="code mt-3 w-full rounded-control border border-control bg-bg p-2 wrap-anywhere"
        value={value}
        onFocus={(event) => event.target.select()}
      />
      <p className="text-muted">{t('tokens.reveal.left', { seconds: Math.max(0, Math.ceil((until - now) / 1000)) })}</p>
    </>
  );
}

interface RevealDialogProps {
  readonly token: Token;
  readonly onClose: () => void;
}

/** Shows a token after a deliberate act, for half a minute, and no longer than one looks at it. */
export function RevealDialog({ token, onClose }: RevealDialogProps) {
  const { t } = useTranslation();
  const [value, setValue] = useState<string | null>(null);
  const reveal = async () => {
    const answer = await attempt(call('tokens.reveal', { id: token.id }));
    if (answer === null) onClose();
    else setValue(answer.value);
  };
  return (
    <AlertDialog.Root open onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(15_17_21/0.45)]" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[32rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 rounded-dialog border border-line bg-raised p-4 shadow-float">
          <AlertDialog.Title className="text-lg font-semibold">
            {t('tokens.reveal.title', { alias: token.alias, ...wordFor(token.provider) })}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-muted">
            {t('tokens.reveal.body', wordFor(token.provider))}
          </AlertDialog.Description>
          {value !== null && <Revealed value={value} alias={token.alias} onEnd={onClose} />}
          <div className="mt-4 flex gap-2">
            {value === null && (
              <Button intent="primary" onClick={() => void reveal()}>
                {t('tokens.reveal.show')}
              </Button>
            )}
            <AlertDialog.Close render={<Button intent="ghost" className="ml-auto" />}>
              {t(value === null ? 'common.cancel' : 'tokens.reveal.hide')}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { call } from '../../../lib/backend.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { attempt, say } from '../../../lib/toasts.ts';
import { Passphrase, shortest } from './passphrase.tsx';

/** Tokens and settings as one encrypted file. */
export function ExportForm() {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const run = async () => {
    const made = await attempt(call('data.export', { passphrase }));
    if (!made) return;
    saveFile(made.name, made.text, 'application/json');
    setPassphrase('');
    say(t('settings.data.exported', { count: made.tokens }));
  };
  return (
    <form
      aria-labelledby="export"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
      className="flex flex-col items-start gap-2"
    >
      <div>
        <h3 id="export" className="font-medium">
          {t('settings.data.export')}
        </h3>
        <p className="text-muted">{t('settings.data.exportHelp')}</p>
      </div>
      <Passphrase value={passphrase} onChange={setPassphrase} fresh />
      <Button type="submit" disabled={passphrase.length < shortest}>
        {t('settings.data.exportNow')}
      </Button>
    </form>
  );
}

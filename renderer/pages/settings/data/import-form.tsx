import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../../../shared/backup.ts';
import { Button } from '../../../components/button.tsx';
import { call } from '../../../lib/backend.ts';
import { queries } from '../../../lib/queries.ts';
import { attempt, say } from '../../../lib/toasts.ts';
import { Passphrase, shortest } from './passphrase.tsx';
import { useSettingNames } from './setting-names.ts';

/** An exported file back in, after what it holds has been read. */
export function ImportForm() {
  const { t } = useTranslation();
  const id = useId();
  const names = useSettingNames();
  const [text, setText] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [settings, setSettings] = useState(false);
  const look = async () => {
    if (text !== null) setPreview(await attempt(call('data.preview', { text, passphrase })));
  };
  const take = async () => {
    if (text === null) return;
    const done = await attempt(call('data.import', { text, passphrase, settings }));
    if (!done) return;
    say(t('settings.data.imported', { count: done.tokens.added }));
    setPreview(null);
    setPassphrase('');
    await queries.invalidateQueries();
  };
  return (
    <section aria-labelledby={`${id}-title`} className="flex flex-col items-start gap-2">
      <div>
        <h3 id={`${id}-title`} className="font-medium">
          {t('settings.data.import')}
        </h3>
        <p className="text-muted">{t('settings.data.importHelp')}</p>
      </div>
      <label htmlFor={id} className="text-xs text-muted">
        {t('settings.data.file')}
      </label>
      <input
        id={id}
        type="file"
        accept=".json,application/json"
        className="max-w-full text-muted file:mr-3 file:h-8 file:rounded-control file:border file:border-control file:bg-raised file:px-3 file:font-medium file:text-text hover:file:bg-hover"
        onChange={({ target }) => {
          setPreview(null);
          void target.files?.[0]?.text().then(setText);
        }}
      />
      <Passphrase value={passphrase} onChange={setPassphrase} />
      <Button disabled={text === null || passphrase.length < shortest} onClick={() => void look()}>
        {t('settings.data.look')}
      </Button>
      {preview !== null && (
        <output className="flex flex-col items-start gap-2">
          <ul className="list-disc pl-5">
            <li>{t('settings.data.adding', { count: preview.tokens.added })}</li>
            {preview.tokens.known > 0 && <li>{t('settings.data.known', { count: preview.tokens.known })}</li>}
            {preview.tokens.strange > 0 && <li>{t('settings.data.strange', { count: preview.tokens.strange })}</li>}
            {preview.providers.length > 0 && (
              <li>{t('settings.data.providersAdded', { names: preview.providers.join(', ') })}</li>
            )}
          </ul>
          {preview.settings.length > 0 && (
            <label className="flex gap-2">
              <input type="checkbox" checked={settings} onChange={({ target }) => setSettings(target.checked)} />
              <span>
                {t('settings.data.withSettings')}:{' '}
                {t('settings.data.changing', { count: preview.settings.length, names: names(preview.settings) })}
              </span>
            </label>
          )}
          <Button intent="primary" onClick={() => void take()}>
            {t('settings.data.importNow')}
          </Button>
        </output>
      )}
    </section>
  );
}

import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ClientKey, defaultKeyId } from '../../../../shared/client-key.ts';
import { Button } from '../../../components/button.tsx';
import { SideSheet } from '../../../components/side-sheet.tsx';
import { useFormat } from '../../../lib/format.ts';
import { box } from '../fields/controls.tsx';
import { draftOf, type KeyDraft, lifetimes, problemOf, wishOf, type KeyWish } from './key-draft.ts';
import { useKeyName } from './key-name.ts';

interface KeyFormProps {
  /** The key to change; null for a new one. */
  readonly clientKey: ClientKey | null;
  readonly onClose: () => void;
  readonly onDone: (wish: KeyWish) => void;
}

/** Name, end and limits of a key. */
export function KeyForm({ clientKey, onClose, onDone }: KeyFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useKeyName();
  const first = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(() => draftOf(clientKey));
  const [tried, setTried] = useState(false);
  const problem = tried ? problemOf(draft) : null;
  const change = (part: Partial<KeyDraft>) => setDraft({ ...draft, ...part });
  const isDefault = clientKey?.id === defaultKeyId;
  const submit = () => {
    setTried(true);
    if (problemOf(draft) === null) onDone(wishOf(draft, clientKey, Date.now()));
  };
  const field = (name: keyof KeyDraft, label: string, help: string, wrong: boolean) => (
    <label className="block">
      <span className="mb-1 block font-medium">{label}</span>
      <input
        value={draft[name]}
        inputMode="numeric"
        aria-invalid={wrong || undefined}
        onChange={({ target }) => change({ [name]: target.value })}
        className={`${box} w-full`}
      />
      <span className={wrong ? 'text-xs text-danger' : 'text-xs text-muted'}>{help}</span>
    </label>
  );
  return (
    <SideSheet
      open
      onClose={onClose}
      title={clientKey === null ? t('clientKeys.form.create') : t('clientKeys.form.edit', { name: nameOf(clientKey) })}
      initialFocus={first}
      footer={
        <>
          <Button intent="primary" onClick={submit}>
            {t(clientKey === null ? 'clientKeys.form.make' : 'clientKeys.form.save')}
          </Button>
          <Button intent="ghost" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {!isDefault && (
          <>
            <label className="block">
              <span className="mb-1 block font-medium">{t('clientKeys.form.name')}</span>
              <input
                ref={first}
                value={draft.name}
                maxLength={60}
                placeholder={t('clientKeys.form.namePlaceholder')}
                aria-invalid={problem === 'name' || undefined}
                onChange={({ target }) => change({ name: target.value })}
                className={`${box} w-full`}
              />
              {problem === 'name' && <span className="text-xs text-danger">{t('clientKeys.form.nameMissing')}</span>}
            </label>
            <label className="block">
              <span className="mb-1 block font-medium">{t('clientKeys.form.expires')}</span>
              <select
                value={draft.lifetime}
                onChange={({ target }) =>
                  change({ lifetime: lifetimes.find((one) => one === target.value) ?? 'never' })
                }
                className={box}
              >
                {lifetimes
                  .filter((one) => one !== 'keep' || clientKey?.expiresAt)
                  .map((one) => (
                    <option key={one} value={one}>
                      {t(`clientKeys.form.lifetimes.${one}`, {
                        time: clientKey?.expiresAt ? format.dateTime(clientKey.expiresAt) : '',
                      })}
                    </option>
                  ))}
              </select>
            </label>
          </>
        )}
        {field(
          'perMinute',
          t('clientKeys.form.perMinute'),
          t(problem === 'perMinute' ? 'clientKeys.form.whole' : 'clientKeys.form.noLimit'),
          problem === 'perMinute',
        )}
        {field(
          'perDay',
          t('clientKeys.form.perDay'),
          t(problem === 'perDay' ? 'clientKeys.form.whole' : 'clientKeys.form.noLimit'),
          problem === 'perDay',
        )}
        <label className="block">
          <span className="mb-1 block font-medium">{t('clientKeys.form.models')}</span>
          <textarea
            rows={3}
            value={draft.models}
            onChange={({ target }) => change({ models: target.value })}
            className={`${box} code h-auto w-full py-1`}
          />
          <span className="text-xs text-muted">{t('clientKeys.form.modelsHelp')}</span>
        </label>
      </form>
    </SideSheet>
  );
}

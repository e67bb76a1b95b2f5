import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientKey, KeyGrace } from '../../../../shared/client-key.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { LoadFailed } from '../../../components/load-failed.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { call } from '../../../lib/backend.ts';
import { cx } from '../../../lib/cx.ts';
import { keysChanged, useClientKeys } from '../../../lib/queries.ts';
import { attempt, say } from '../../../lib/toasts.ts';
import type { KeyWish } from './key-draft.ts';
import { KeyForm } from './key-form.tsx';
import { useKeyName } from './key-name.ts';
import { KeyRow, type KeyTask } from './key-row.tsx';
import { type FreshKey, OnceDialog } from './once-dialog.tsx';
import { RotateSheet } from './rotate-sheet.tsx';

type Task = { readonly kind: 'create' } | { readonly kind: KeyTask; readonly key: ClientKey };

/** On a phone they stand below the name. */
const narrow: ReadonlySet<string> = new Set(['lastUsed', 'limits']);

/** The keys of clients: a table, and what can be done with each. */
export function ClientKeys() {
  const { t } = useTranslation();
  const nameOf = useKeyName();
  const { data, isError, refetch } = useClientKeys();
  const [task, setTask] = useState<Task | null>(null);
  const [fresh, setFresh] = useState<FreshKey | null>(null);
  const close = () => setTask(null);

  const create = async (wish: KeyWish) => {
    const made = await attempt(call('keys.create', wish));
    if (!made) return;
    close();
    setFresh({ name: nameOf(made.key), value: made.value });
    await keysChanged();
  };
  const change = async (key: ClientKey, { name, expiresAt, limits }: KeyWish) => {
    if (await attempt(call('keys.change', { id: key.id, name, expiresAt, limits }))) close();
    await keysChanged();
  };
  const rotate = async (key: ClientKey, graceMinutes: KeyGrace) => {
    const made = await attempt(call('keys.rotate', { id: key.id, graceMinutes }));
    if (!made) return;
    close();
    if (made.value !== null) setFresh({ name: nameOf(key), value: made.value });
    else say(t('clientKeys.rotating.done', { name: nameOf(key) }));
    await keysChanged();
  };
  const revoke = async (key: ClientKey) => {
    const done = await attempt(call('keys.revoke', { id: key.id }));
    const cut = done && done.cut > 0 ? ` ${t('clientKeys.revoking.cut', { count: done.cut })}` : '';
    if (done) say(t('clientKeys.revoking.done', { name: nameOf(key) }) + cut);
    await keysChanged();
  };

  if (isError) return <LoadFailed retry={() => void refetch()} testId="keys-error" />;
  if (data === undefined) return <Skeleton rows={3} testId="keys-loading" />;
  return (
    <div className="flex flex-col items-start gap-2">
      <Button intent="primary" onClick={() => setTask({ kind: 'create' })}>
        <Plus aria-hidden size={14} />
        {t('clientKeys.add')}
      </Button>
      <table data-testid="client-keys" aria-label={t('clientKeys.table')} className="w-full text-left">
        <thead>
          <tr className="border-b border-line text-muted">
            {(['name', 'lastUsed', 'limits', 'enabled'] as const).map((column) => (
              <th key={column} scope="col" className={cx('p-2 font-normal', narrow.has(column) && 'max-sm:hidden')}>
                {t(`clientKeys.${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">{t('clientKeys.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.map((key) => (
            <KeyRow key={key.id} clientKey={key} onTask={(kind, of) => setTask({ kind, key: of })} />
          ))}
        </tbody>
      </table>
      {task?.kind === 'create' && <KeyForm clientKey={null} onClose={close} onDone={(wish) => void create(wish)} />}
      {task?.kind === 'edit' && (
        <KeyForm clientKey={task.key} onClose={close} onDone={(wish) => void change(task.key, wish)} />
      )}
      {task?.kind === 'rotate' && (
        <RotateSheet clientKey={task.key} onClose={close} onRotate={(grace) => void rotate(task.key, grace)} />
      )}
      {task?.kind === 'revoke' && (
        <ConfirmDialog
          open
          onClose={close}
          title={t('clientKeys.revoking.title', { name: nameOf(task.key) })}
          body={t('clientKeys.revoking.body')}
          choices={[{ label: t('clientKeys.revoking.go'), intent: 'danger', run: () => void revoke(task.key) }]}
        />
      )}
      {fresh !== null && <OnceDialog fresh={fresh} onDone={() => setFresh(null)} />}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup, BackupPreview } from '../../../../shared/backup.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { LoadFailed } from '../../../components/load-failed.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { cx } from '../../../lib/cx.ts';
import { call } from '../../../lib/backend.ts';
import { useFormat } from '../../../lib/format.ts';
import { queries } from '../../../lib/queries.ts';
import { attempt, say } from '../../../lib/toasts.ts';
import { useSettingNames } from './setting-names.ts';

const key = ['backups'];

export const backupsChanged = () => queries.invalidateQueries({ queryKey: key });

/** The backups there are; each can be restored after what that would change has been read. */
export function Backups() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, isError, refetch } = useQuery({ queryKey: key, queryFn: () => call('backups.list'), staleTime: 0 });
  const [preview, setPreview] = useState<BackupPreview | null>(null);
  const make = async () => {
    if (await attempt(call('backups.make'))) say(t('settings.data.made'));
    await backupsChanged();
  };
  const look = async ({ id }: Backup) => setPreview(await attempt(call('backups.preview', { id })));
  const restore = async ({ backup }: BackupPreview) => {
    if (await attempt(call('backups.restore', { id: backup.id }))) say(t('settings.data.restored'));
    await queries.invalidateQueries();
  };
  return (
    <section aria-labelledby="backups">
      <h3 id="backups" className="font-medium">
        {t('settings.data.backups')}
      </h3>
      <p className="text-muted">{t('settings.data.backupsHelp')}</p>
      <Button className="my-2" onClick={() => void make()}>
        {t('settings.data.make')}
      </Button>
      {isError ? (
        <LoadFailed retry={() => void refetch()} testId="backups-error" />
      ) : data === undefined ? (
        <Skeleton rows={3} testId="backups-loading" />
      ) : data.length === 0 ? (
        <p className="text-muted">{t('settings.data.none')}</p>
      ) : (
        <table aria-label={t('settings.data.backups')} className="w-full text-left">
          <thead>
            <tr className="border-b border-line text-muted">
              {(['when', 'kind', 'tokens', 'size'] as const).map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={cx('p-2 font-normal', (column === 'tokens' || column === 'size') && 'max-sm:hidden')}
                >
                  {t(`settings.data.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="sr-only">{t('clientKeys.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((backup) => (
              <tr key={backup.id} className="border-b border-line">
                <td className="p-2">{format.dateTime(backup.madeAt)}</td>
                <td className="p-2">
                  {backup.problem === null
                    ? t(`settings.data.kinds.${backup.kind}`)
                    : t(`settings.data.problems.${backup.problem}`)}
                </td>
                <td className="p-2 max-sm:hidden">{backup.tokens}</td>
                <td className="p-2 whitespace-nowrap max-sm:hidden">{`${format.number(backup.bytes / 1000)} KB`}</td>
                <td className="p-2 text-right">
                  <Button
                    size="small"
                    aria-label={t('settings.data.restoreOf', { time: format.dateTime(backup.madeAt) })}
                    disabled={backup.problem !== null}
                    onClick={() => void look(backup)}
                  >
                    {t('settings.data.restore')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <RestoreDialog preview={preview} onClose={() => setPreview(null)} onRestore={restore} />
    </section>
  );
}

interface RestoreDialogProps {
  readonly preview: BackupPreview | null;
  readonly onClose: () => void;
  readonly onRestore: (preview: BackupPreview) => Promise<void>;
}

function RestoreDialog({ preview, onClose, onRestore }: RestoreDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useSettingNames();
  if (preview === null) return null;
  const { returning, leaving, settings, backup } = preview;
  const changes = [
    ...(returning > 0 ? [t('settings.data.returning', { count: returning })] : []),
    ...(leaving > 0 ? [t('settings.data.leaving', { count: leaving })] : []),
    ...(settings.length > 0 ? [t('settings.data.changing', { count: settings.length, names: names(settings) })] : []),
  ];
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t('settings.data.restoreTitle', { time: format.dateTime(backup.madeAt) })}
      body={`${changes.length > 0 ? format.list(changes) : t('settings.data.nothing')} · ${t('settings.data.safety')}`}
      choices={[{ label: t('settings.data.restoreNow'), intent: 'danger', run: () => void onRestore(preview) }]}
    />
  );
}

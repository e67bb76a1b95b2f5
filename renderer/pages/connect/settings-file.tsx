import { CircleCheck, FolderOpen, PencilLine, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientChoice, ClientPreview, ClientsOverview, ClientStatus } from '../../../shared/clients.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { call } from '../../lib/backend.ts';
import { clientName, clientsChanged } from '../../lib/clients.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { attempt, say } from '../../lib/toasts.ts';
import { isDesktop } from '../../lib/wire.ts';
import { DiffView } from './diff-view.tsx';
import { sayUndone } from './hand-over.ts';
import { Step } from './step.tsx';

function AppliedLine({ status: { applied, appliedAt, backup } }: { readonly status: ClientStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (applied === 'none' || appliedAt === null) return null;
  const time = format.relative(appliedAt, now);
  return (
    <div className="flex flex-col items-start gap-1">
      <Chip
        tone={applied === 'applied' ? 'success' : 'warning'}
        icon={applied === 'applied' ? CircleCheck : PencilLine}
        className="h-auto whitespace-normal [&_span]:whitespace-normal"
      >
        {t(`connect.file.${applied}`, { time })}
      </Chip>
      {backup !== null && (
        <p className="text-xs wrap-anywhere text-muted">{t('connect.file.backup', { file: backup })}</p>
      )}
    </div>
  );
}

interface SettingsFileProps {
  readonly choice: ClientChoice;
  readonly status: ClientStatus;
  readonly overview: ClientsOverview;
}

/** The client's own file: what would change, then the change, and the way back. */
export function SettingsFile({ choice, status, overview: { files, canShowFiles } }: SettingsFileProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<{ readonly of: ClientChoice; readonly preview: ClientPreview } | null>(null);
  const [busy, setBusy] = useState(false);
  const { client } = choice;
  // Another model or key was chosen since: what is shown is no longer what would be written.
  const preview = shown !== null && JSON.stringify(shown.of) === JSON.stringify(choice) ? shown.preview : null;

  async function run(work: () => Promise<void>) {
    setBusy(true);
    await work();
    setBusy(false);
  }
  const look = () =>
    run(async () => {
      const found = await attempt(call('clients.preview', { ...choice, fix: null }));
      setShown(found && { of: choice, preview: found });
    });
  const apply = (version: string) =>
    run(async () => {
      const done = await attempt(call('clients.apply', { ...choice, fix: null, version }).then(() => true));
      if (done === true) say(t('connect.file.done', { client: clientName(client) }));
      setShown(null);
      await clientsChanged();
    });
  const takeBack = () =>
    run(async () => {
      const result = await attempt(call('clients.undo', { client }));
      if (result !== null) sayUndone(result);
      setShown(null);
      await clientsChanged();
    });

  if (status.file === null) return null;
  return (
    <Step title={t('connect.file.title')}>
      <p className="wrap-anywhere">
        {t(status.exists ? 'connect.file.at' : 'connect.file.will', { file: status.file })}
      </p>
      {!isDesktop && files.allowed && (
        <p className="text-xs text-muted">{t('connect.file.owner', { user: files.user, home: files.home })}</p>
      )}
      {files.why !== null && (
        <Banner tone="info" icon={TriangleAlert}>
          {t(`connect.file.off.${files.why}`)}
        </Banner>
      )}
      {status.problem !== null && (
        <Banner tone="warning" icon={TriangleAlert}>
          {t(`connect.file.${status.problem}`)}
        </Banner>
      )}
      <AppliedLine status={status} />
      {preview !== null && <DiffView preview={preview} />}
      <div className="flex flex-wrap gap-2">
        {preview === null ? (
          <Button disabled={busy || !files.allowed || status.problem !== null} onClick={() => void look()}>
            {t('connect.file.preview')}
          </Button>
        ) : (
          <>
            <Button intent="primary" disabled={busy} onClick={() => void apply(preview.version)}>
              {t(preview.exists ? 'connect.file.apply' : 'connect.file.applyNew')}
            </Button>
            <Button intent="ghost" onClick={() => setShown(null)}>
              {t('common.cancel')}
            </Button>
          </>
        )}
        {status.applied !== 'none' && (
          <Button disabled={busy || !files.allowed} onClick={() => void takeBack()}>
            {t('connect.file.undo')}
          </Button>
        )}
        <Button
          intent="ghost"
          disabled={!canShowFiles || !status.exists}
          title={canShowFiles ? undefined : t('connect.file.showOff')}
          onClick={() => void attempt(call('clients.showFile', { client }))}
        >
          <FolderOpen aria-hidden size={14} />
          {t('connect.file.show')}
        </Button>
      </div>
    </Step>
  );
}

import { Pause, Play, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { countRun, type TestRun } from '../../../../shared/test-runs.ts';
import { Button } from '../../../components/button.tsx';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { call } from '../../../lib/backend.ts';
import { useFormat } from '../../../lib/format.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { attempt } from '../../../lib/toasts.ts';
import { toCsv, toJson, toMarkdown } from './export.ts';

export const isActive = (run: TestRun | null | undefined): run is TestRun & { readonly endedAt: null } =>
  run != null && run.endedAt === null;

const control = (id: string, action: 'pause' | 'resume' | 'stop') => void attempt(call('runs.control', { id, action }));

export const stopRun = (run: TestRun): void => control(run.id, 'stop');

/** How far it has come, and what can be done about it. */
export function RunProgress({ run }: { readonly run: TestRun }) {
  const { t } = useTranslation();
  const { done, total, failed } = countRun(run);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <progress
        value={done}
        max={Math.max(1, total)}
        aria-label={t('test.run.progress')}
        className="h-2 min-w-40 flex-1 accent-accent"
      />
      <span>{t(failed > 0 ? 'test.run.soFarFailed' : 'test.run.soFar', { done, total, failed })}</span>
      {run.status === 'paused' ? (
        <Button onClick={() => control(run.id, 'resume')}>
          <Play aria-hidden size={14} />
          {t('test.run.resume')}
        </Button>
      ) : (
        <Button onClick={() => control(run.id, 'pause')}>
          <Pause aria-hidden size={14} />
          {t('test.run.pause')}
        </Button>
      )}
      <Button intent="danger" onClick={() => stopRun(run)} aria-keyshortcuts="Escape">
        <Square aria-hidden size={13} />
        {t('test.stop')}
      </Button>
    </div>
  );
}

/** One sentence about all of it. */
export function RunSummary({ run }: { readonly run: TestRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { ok, failed, total } = countRun(run);
  const failing = new Set(run.cells.filter(({ state }) => state === 'failed').map(({ row }) => row));
  // A model has two rows in the exam.
  const modelsOf = (rows: TestRun['rows']) => new Set(rows.map(({ provider, model }) => `${provider}/${model}`)).size;
  const broken = modelsOf(run.rows.filter(({ id }) => failing.has(id)));
  const time = format.duration((run.endedAt ?? run.startedAt) - run.startedAt);
  const values = { ok, total, failed, broken, models: modelsOf(run.rows), time };
  return (
    <output data-testid="run-summary" className="block">
      {run.status === 'stopped' && `${t('test.run.stopped')} `}
      {t(failed > 0 ? 'test.run.someFailed' : 'test.run.allOk', values)}
    </output>
  );
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 16).replaceAll(/[:T]/g, '-');

export function ExportMenu({ run }: { readonly run: TestRun }) {
  const { t } = useTranslation();
  const save = (end: string, type: string, text: (run: TestRun) => string) =>
    saveFile(`traygate-${run.kind}-${day(run.startedAt)}.${end}`, text(run), type);
  return (
    <Menu align="end" trigger={<Button size="small">{t('test.run.export')}</Button>}>
      <MenuItem onSelect={() => save('md', 'text/markdown', toMarkdown)}>Markdown</MenuItem>
      <MenuItem onSelect={() => save('csv', 'text/csv', toCsv)}>CSV</MenuItem>
      <MenuItem onSelect={() => save('json', 'application/json', toJson)}>JSON</MenuItem>
    </Menu>
  );
}

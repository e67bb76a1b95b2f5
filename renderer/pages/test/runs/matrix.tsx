import { useQuery } from '@tanstack/react-query';
import { Grid3x3, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkNames, checksOf, type TestRun } from '../../../../shared/test-runs.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { call } from '../../../lib/backend.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { useOffered } from '../../../lib/offered.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { useStore } from '../../../lib/store.ts';
import { currentRun, showRun } from '../../../lib/test-runs.ts';
import { attempt } from '../../../lib/toasts.ts';
import { useSendKeys } from '../use-send-keys.ts';
import { HistoryChoice, RunDiff, useRunHistory } from './history.tsx';
import { MatrixOptionFields, matrixOptions } from './matrix-options.tsx';
import { ExportMenu, isActive, RunProgress, RunSummary, stopRun } from './run-controls.tsx';
import { RunGrid } from './run-grid.tsx';

function useColumnName(): (column: string) => string {
  const { t } = useTranslation();
  return (column) => {
    const known = checkNames.find((name) => name === column);
    return known ? t(`test.checks.${known}`) : column;
  };
}

interface ShownProps {
  readonly run: TestRun;
  readonly before: TestRun | undefined;
  readonly history: readonly TestRun[];
  readonly onChoose: (id: string) => void;
}

function Shown({ run, before, history, onChoose }: ShownProps) {
  const { t } = useTranslation();
  const columnName = useColumnName();
  return (
    <>
      {isActive(run) ? (
        <RunProgress run={run} />
      ) : (
        <div className="flex flex-wrap items-end gap-3">
          <div className="mr-auto">
            <RunSummary run={run} />
          </div>
          <HistoryChoice runs={history} value={run.id} onChange={onChoose} />
          <ExportMenu run={run} />
        </div>
      )}
      <RunGrid
        run={run}
        caption={t('test.run.results')}
        columnName={columnName}
        below={({ provider }) => providerName(provider)}
      />
      {before && !isActive(run) && <RunDiff before={before} after={run} columnName={columnName} />}
    </>
  );
}

/** Every model and what it claims to be able to do, each tried once. */
export function Matrix() {
  const { t } = useTranslation();
  const { status } = useGateway();
  const options = useStore(matrixOptions);
  const models = useOffered().filter(({ provider }) => !options.without.includes(provider));
  const { data: current } = useQuery(currentRun('matrix'));
  const history = useRunHistory('matrix');
  const [chosen, setChosen] = useState<string | null>(null);
  const active = isActive(current);
  const requests = models.reduce((sum, model) => sum + checksOf(model, options.checks).length, 0);
  const possible = requests > 0 && !active && status === 'running';
  const start = async () => {
    if (!possible) return;
    setChosen(null);
    const { checks, concurrency, timeoutSeconds, stopAfter } = options;
    const run = await attempt(
      call('runs.start', {
        kind: 'matrix',
        models: models.map(({ provider, id }) => ({ provider, model: id })),
        checks: [...checks],
        options: { concurrency, timeoutSeconds, stopAfter },
      }),
    );
    if (run) showRun(run);
  };
  useSendKeys(() => void start(), active ? () => stopRun(current) : null);

  const shown = active ? current : (history.find(({ id }) => id === chosen) ?? current ?? history[0]);
  const before = shown && history.find(({ startedAt }) => startedAt < shown.startedAt);
  return (
    <>
      <section aria-label={t('test.run.options')} className="flex flex-col gap-3 rounded-card border border-line p-4">
        <MatrixOptionFields options={options} disabled={active} />
        <div className="flex flex-wrap items-center gap-3">
          <Button intent="primary" disabled={!possible} onClick={() => void start()}>
            <Play aria-hidden size={14} />
            {t('test.run.start')}
          </Button>
          <span data-testid="run-cost" className="text-muted">
            {t('test.run.cost', { count: requests, models: models.length })}
          </span>
        </div>
      </section>
      {shown ? (
        <Shown run={shown} before={before} history={history} onChoose={setChosen} />
      ) : (
        <EmptyState icon={Grid3x3} title={t('test.run.nothingYet')} testId="matrix-empty" />
      )}
    </>
  );
}

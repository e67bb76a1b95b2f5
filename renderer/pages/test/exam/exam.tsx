import { useQuery } from '@tanstack/react-query';
import { GraduationCap, Play, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { examCaseIds, examCases } from '../../../../shared/exam-cases.ts';
import type { ModelInfo } from '../../../../shared/model.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { CheckField, Field, inputLook } from '../../../components/fields.tsx';
import { IconButton } from '../../../components/icon-button.tsx';
import { call } from '../../../lib/backend.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { useOffered } from '../../../lib/offered.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { createStore, useStore } from '../../../lib/store.ts';
import { currentRun, showRun } from '../../../lib/test-runs.ts';
import { attempt } from '../../../lib/toasts.ts';
import { RunDiff, HistoryChoice, useRunHistory } from '../runs/history.tsx';
import { ExportMenu, isActive, RunProgress, RunSummary, stopRun } from '../runs/run-controls.tsx';
import { RunGrid } from '../runs/run-grid.tsx';
import { useSendKeys } from '../use-send-keys.ts';
import { ExamResults } from './exam-results.tsx';

/** `provider/model` of those that are examined; outside React, to be there when the user comes back. */
const candidates = createStore<readonly string[]>([]);
const modesChosen = createStore<{ readonly native: boolean; readonly injected: boolean }>({
  native: true,
  injected: true,
});
const modeNames = ['native', 'injected'] as const;
const nameOf = ({ provider, id }: ModelInfo): string => `${provider}/${id}`;

function Candidates({ offered, disabled }: { readonly offered: readonly ModelInfo[]; readonly disabled: boolean }) {
  const { t } = useTranslation();
  const chosen = useStore(candidates);
  const left = offered.filter((model) => !chosen.includes(nameOf(model)));
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label={t('test.exam.add')} className="w-72 max-w-full">
        {(ids) => (
          <select
            {...ids}
            disabled={disabled}
            className={inputLook}
            value=""
            onChange={({ target }) => {
              if (target.value !== '') candidates.set([...chosen, target.value]);
            }}
          >
            <option value="">{t('test.exam.choose')}</option>
            {left.map((model) => (
              <option key={nameOf(model)} value={nameOf(model)}>
                {model.id} · {providerName(model.provider)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <ul className="flex flex-wrap gap-1" aria-label={t('test.exam.models')}>
        {chosen.map((name) => (
          <li key={name} className="flex h-8 items-center rounded-control border border-line bg-surface pl-2">
            <span className="code">{name}</span>
            <IconButton
              icon={X}
              label={t('test.exam.remove', { model: name })}
              disabled={disabled}
              onClick={() => candidates.set(chosen.filter((one) => one !== name))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function useQuestionName(): (column: string) => string {
  const { t } = useTranslation();
  return (column) => {
    const known = examCaseIds.find((id) => id === column);
    return known ? t(`test.exam.cases.${known}`) : column;
  };
}

/** Ten questions in calling tools, with the provider's own fields and in words. */
export function Exam() {
  const { t } = useTranslation();
  const { status } = useGateway();
  const offered = useOffered();
  const chosen = useStore(candidates);
  const modes = useStore(modesChosen);
  const wanted = modeNames.filter((mode) => modes[mode]);
  const models = offered.filter((model) => chosen.includes(nameOf(model)));
  const { data: current } = useQuery(currentRun('exam'));
  const history = useRunHistory('exam');
  const [shownId, setShownId] = useState<string | null>(null);
  const questionName = useQuestionName();
  const active = isActive(current);
  const requests = models.length * wanted.length * examCases.length;
  const possible = requests > 0 && !active && status === 'running';
  const start = async () => {
    if (!possible) return;
    setShownId(null);
    const run = await attempt(
      call('runs.start', {
        kind: 'exam',
        models: models.map(({ provider, id }) => ({ provider, model: id })),
        modes: wanted,
        options: { concurrency: 2, timeoutSeconds: 60 },
      }),
    );
    if (run) showRun(run);
  };
  useSendKeys(() => void start(), active ? () => stopRun(current) : null);
  const shown = active ? current : (history.find(({ id }) => id === shownId) ?? current ?? history[0]);
  const before = shown && history.find(({ startedAt }) => startedAt < shown.startedAt);
  return (
    <>
      <section aria-label={t('test.run.options')} className="flex flex-col gap-3 rounded-card border border-line p-4">
        <p className="max-w-3xl text-muted">{t('test.exam.about')}</p>
        <Candidates offered={offered} disabled={active} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {modeNames.map((mode) => (
            <CheckField
              key={mode}
              label={t(`test.exam.modes.${mode}`)}
              checked={modes[mode]}
              disabled={active}
              onChange={(on) => modesChosen.set({ ...modes, [mode]: on })}
            />
          ))}
          <Button intent="primary" disabled={!possible} onClick={() => void start()}>
            <Play aria-hidden size={14} />
            {t('test.exam.start')}
          </Button>
          <span data-testid="run-cost" className="text-muted">
            {t('test.run.cost', { count: requests, models: models.length })}
          </span>
        </div>
      </section>
      {shown ? (
        <>
          {isActive(shown) ? (
            <RunProgress run={shown} />
          ) : (
            <div className="flex flex-wrap items-end gap-3">
              <div className="mr-auto">
                <RunSummary run={shown} />
              </div>
              <HistoryChoice runs={history} value={shown.id} onChange={setShownId} />
              <ExportMenu run={shown} />
            </div>
          )}
          {!isActive(shown) && <ExamResults run={shown} />}
          <RunGrid
            run={shown}
            caption={t('test.exam.results')}
            columnName={questionName}
            below={({ mode }) => (mode ? t(`test.exam.modes.${mode}`) : '')}
          />
          {before && !isActive(shown) && <RunDiff before={before} after={shown} columnName={questionName} />}
        </>
      ) : (
        <EmptyState icon={GraduationCap} title={t('test.exam.nothingYet')} testId="exam-empty" />
      )}
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { runDiff, type RunKind, type TestRun } from '../../../../shared/test-runs.ts';
import { Field, inputLook } from '../../../components/fields.tsx';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import { runHistory } from '../../../lib/test-runs.ts';
import { codeText } from '../code-text.ts';

export const useRunHistory = (kind: RunKind): readonly TestRun[] => useQuery(runHistory(kind)).data ?? [];

interface HistoryChoiceProps {
  readonly runs: readonly TestRun[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** Which of the last twenty runs is shown. */
export function HistoryChoice({ runs, value, onChange }: HistoryChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (runs.length === 0) return null;
  return (
    <Field label={t('test.run.history')} className="w-56 max-w-full">
      {(ids) => (
        <select {...ids} className={inputLook} value={value} onChange={({ target }) => onChange(target.value)}>
          {runs.map(({ id, startedAt, rows }) => (
            <option key={id} value={id}>
              {t('test.run.historyItem', { when: format.dateTime(startedAt), count: rows.length })}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface DiffProps {
  readonly before: TestRun;
  readonly after: TestRun;
  readonly columnName: (column: string) => string;
}

/** What is otherwise than in the run before. */
export function RunDiff({ before, after, columnName }: DiffProps) {
  const { t } = useTranslation();
  const changes = runDiff(before, after);
  return (
    <section className="rounded-card border border-line p-3" data-testid="run-diff">
      <h2 className="font-medium">{t('test.run.diff')}</h2>
      {changes.length === 0 && <p className="text-muted">{t('test.run.noDiff')}</p>}
      <ul className="mt-1 flex flex-col gap-0.5">
        {changes.map(({ row, column, now }) => (
          <li key={`${row.id} ${column}`} className={cx(now.state === 'ok' ? 'text-success' : 'text-danger')}>
            {t(now.state === 'ok' ? 'test.run.better' : 'test.run.worse', {
              model: row.mode ? `${row.model} (${t(`test.exam.modes.${row.mode}`)})` : row.model,
              check: columnName(column),
              why: now.code === null ? '' : codeText(now.code).title,
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

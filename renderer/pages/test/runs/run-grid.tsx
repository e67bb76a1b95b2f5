import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunCell, RunRow, TestRun } from '../../../../shared/test-runs.ts';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { codeText } from '../code-text.ts';
import { table } from './export.ts';

function useCellWords(): (cell: RunCell) => { readonly short: string; readonly long: string } {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ state, ms, code, row }) => {
    const time = ms === null ? '' : format.duration(ms);
    if (state === 'ok') return { short: time, long: t('test.cell.ok', { time }) };
    if (state === 'failed') {
      const provider = providerName(row.split('/')[0] ?? '');
      return { short: code ?? '', long: codeText(code ?? 'internal_error', provider).title };
    }
    return { short: state === 'skipped' ? '–' : '…', long: t(`test.cell.${state}`) };
  };
}

/** Up to ten times a second some cells change; the others are not rendered again. */
const Cell = memo(({ cell, name }: { readonly cell: RunCell; readonly name: string }) => {
  const words = useCellWords()(cell);
  const { state, exchangeId } = cell;
  const Icon = { ok: CircleCheck, failed: CircleAlert, running: LoaderCircle, waiting: null, skipped: null }[state];
  const content = (
    <>
      {Icon && <Icon aria-hidden size={14} className={cx('shrink-0', state === 'running' && 'animate-spin')} />}
      <span className="truncate">{words.short}</span>
    </>
  );
  const look = cx(
    'inline-flex h-7 max-w-36 items-center gap-1 rounded-control px-1.5 text-xs',
    { ok: 'text-success', failed: 'text-danger', running: 'text-info', waiting: 'text-muted', skipped: 'text-muted' }[
      state
    ],
  );
  const label = `${name}: ${words.long}`;
  if (exchangeId === null)
    return (
      <span className={look}>
        <span className="sr-only">{label}</span>
        <span aria-hidden className="contents">
          {content}
        </span>
      </span>
    );
  return (
    <Link
      to="/logs/$exchangeId"
      params={{ exchangeId }}
      title={words.long}
      aria-label={label}
      className={cx(look, 'hover:bg-hover')}
    >
      {content}
    </Link>
  );
});
Cell.displayName = 'Cell';

interface RunGridProps {
  readonly run: TestRun;
  readonly caption: string;
  readonly columnName: (column: string) => string;
  /** Said below the name of the model. */
  readonly below: (row: RunRow) => string;
}

/** Rows and columns of a run; each cell leads to its request in Logs. */
export function RunGrid({ run, caption, columnName, below }: RunGridProps) {
  const { t } = useTranslation();
  const lines = useMemo(() => table(run), [run]);
  return (
    <section
      className="relative max-h-[70vh] overflow-auto rounded-card border border-line"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={caption}
    >
      <table className="w-full border-separate border-spacing-0 text-left">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 z-10 bg-surface text-xs text-muted">
          <tr>
            <th scope="col" className="sticky left-0 bg-surface px-3 py-2 font-medium">
              {t('test.model')}
            </th>
            {run.columns.map((column) => (
              <th key={column} scope="col" className="px-2 py-2 font-medium whitespace-nowrap">
                {columnName(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ row, cells }) => (
            <tr key={row.id}>
              <th
                scope="row"
                className="sticky left-0 max-w-64 border-t border-line bg-bg px-3 py-1 font-normal max-sm:max-w-40"
              >
                <span className="code block truncate font-medium">{row.model}</span>
                <span className="block truncate text-xs text-muted">{below(row)}</span>
              </th>
              {cells.map((cell, at) => (
                <td key={run.columns[at]} className="border-t border-line px-1 py-1">
                  {cell && <Cell cell={cell} name={`${row.id}, ${columnName(cell.column)}`} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

import { Download } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { Popover } from '../../../components/popover.tsx';
import { call } from '../../../lib/backend.ts';
import type { Entry } from '../../../lib/exchange-feed.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { attempt } from '../../../lib/toasts.ts';
import { type Exported, type ExportFormat, exportFormats, exportText } from './formats.ts';

/** What must be typed before prompts and answers leave. */
const confirmWord = 'EXPORT';
/** Bodies are asked for one by one. */
const mostBodies = 1_000;

const types: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/jsonl',
  har: 'application/json',
  csv: 'text/csv',
};

interface ExportButtonProps {
  readonly selected: ReadonlySet<string>;
  readonly active: readonly Entry[];
  readonly finished: readonly Entry[];
}

export function ExportButton({ selected, active, finished }: ExportButtonProps) {
  const { t } = useTranslation();
  const { version, baseUrl } = useGateway();
  const name = useId();
  const [format, setFormat] = useState<ExportFormat>('jsonl');
  const [bodies, setBodies] = useState(false);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const several = selected.size > 0;
  const count = several ? selected.size : active.length + finished.length;
  const withBodies = bodies && format !== 'csv';
  const ready = count > 0 && !busy && (!withBodies || typed === confirmWord);

  const save = async () => {
    setBusy(true);
    const rows = [...active, ...finished]
      .map(({ row }) => row)
      .filter(({ id }) => !several || selected.has(id))
      .toSorted((a, b) => a.receivedAt - b.receivedAt);
    const exported: Exported[] = [];
    for (const [at, exchange] of rows.entries()) {
      // The newest ones, where there are too many: only those may still be in memory.
      const wanted = withBodies && at >= rows.length - mostBodies;
      // oxlint-disable-next-line no-await-in-loop -- one after the other: the gateway has other work
      const found = wanted ? await attempt(call('exchanges.bodies', { id: exchange.id })) : null;
      exported.push({ exchange, captured: found?.captured ?? null });
    }
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    saveFile(`traygate-logs-${stamp}.${format}`, exportText(format, exported, { version, baseUrl }), types[format]);
    setBusy(false);
    setTyped('');
  };

  return (
    <Popover
      title={t('logs.export.title')}
      trigger={
        <Button disabled={active.length + finished.length === 0}>
          <Download aria-hidden size={14} />
          {t('logs.export.title')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-muted">{t(several ? 'logs.export.selected' : 'logs.export.shown', { count })}</p>
        <fieldset className="flex gap-4">
          <legend className="sr-only">{t('logs.export.format')}</legend>
          {exportFormats.map((value) => (
            <label key={value} className="flex min-h-7 items-center gap-1.5">
              <input type="radio" name={name} checked={format === value} onChange={() => setFormat(value)} />
              {value.toUpperCase()}
            </label>
          ))}
        </fieldset>
        <label className="flex min-h-7 items-center gap-2">
          <input type="checkbox" checked={withBodies} disabled={format === 'csv'} onChange={() => setBodies(!bodies)} />
          {t('logs.export.bodies')}
        </label>
        {withBodies && (
          <label className="flex flex-col gap-1">
            <span className="text-warning">{t('logs.export.confirm', { word: confirmWord })}</span>
            <input
              value={typed}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
              className="h-8 rounded-control border border-control bg-bg px-2"
            />
          </label>
        )}
        <Button intent="primary" disabled={!ready} onClick={() => void save()}>
          {t('logs.export.save')}
        </Button>
      </div>
    </Popover>
  );
}

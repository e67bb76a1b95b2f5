import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../../shared/provider.ts';
import { useFormat } from '../../../../lib/format.ts';
import { wordFor } from '../../../../lib/providers.ts';
import type { PasteNote, PasteReport } from './paste-report.ts';

const listed = 50;

function NoteLine({ note, provider }: { readonly note: PasteNote; readonly provider: ProviderId }) {
  const { t } = useTranslation();
  return (
    <li className="flex gap-3 border-t border-line py-1 first:border-t-0">
      <span className="w-16 shrink-0 text-muted">{t('tokens.add.line', { line: note.line })}</span>
      <span className="code w-24 shrink-0 text-muted">•••• {note.fingerprint}</span>
      <span>{t(`tokens.add.notes.${note.kind}`, { alias: note.alias ?? '', ...wordFor(provider) })}</span>
    </li>
  );
}

interface PasteReportViewProps {
  readonly report: PasteReport;
  readonly provider: ProviderId;
}

export function PasteReportView({ report: { read, fresh, notes }, provider }: PasteReportViewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const duplicates = notes.filter(({ kind }) => kind === 'duplicateInPaste' || kind === 'duplicateSaved').length;
  const strange = notes.length - duplicates;
  return (
    <div className="mt-3">
      <output data-testid="paste-report" className="block font-medium">
        {read === 0
          ? t('tokens.add.nothingYet')
          : [
              t('tokens.add.read', { count: read }),
              t('tokens.add.fresh', { count: fresh }),
              ...(duplicates > 0 ? [t('tokens.add.duplicates', { count: duplicates })] : []),
              ...(strange > 0 ? [t('tokens.add.strange', { count: strange, ...wordFor(provider) })] : []),
            ].join(' · ')}
      </output>
      {notes.length > 0 && (
        <ul aria-label={t('tokens.add.notesLabel')} className="mt-2 text-xs">
          {notes.slice(0, listed).map((note) => (
            <NoteLine key={`${note.line}-${note.kind}-${note.fingerprint}`} note={note} provider={provider} />
          ))}
        </ul>
      )}
      {notes.length > listed && (
        <p className="mt-1 text-xs text-muted">
          {t('tokens.add.more', { count: notes.length - listed, number: format.number(notes.length - listed) })}
        </p>
      )}
    </div>
  );
}

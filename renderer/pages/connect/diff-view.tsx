import { useTranslation } from 'react-i18next';
import type { ClientPreview, DiffLine } from '../../../shared/clients.ts';
import { cx } from '../../lib/cx.ts';

const looks: Record<DiffLine['kind'], { readonly sign: string; readonly colour: string }> = {
  same: { sign: ' ', colour: 'text-muted' },
  added: { sign: '+', colour: 'bg-success/10 text-success' },
  removed: { sign: '−', colour: 'bg-danger/10 text-danger' },
  gap: { sign: '⋯', colour: 'text-muted' },
};

/** What would change in a file, with a sign as well as a colour; keys are masked. */
export function DiffView({ preview }: { readonly preview: ClientPreview }) {
  const { t } = useTranslation();
  const lines = preview.lines.map((line, at) => ({ ...line, id: at }));
  return (
    <div className="flex flex-col gap-2">
      <p>
        <span className="text-muted">{t('connect.file.keys')}</span>{' '}
        <span className="code wrap-anywhere">{preview.keys.join(', ')}</span>
      </p>
      <section
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('connect.file.diff')}
        data-testid="diff"
        className="code max-h-96 overflow-auto rounded-control border border-line bg-bg py-2"
      >
        <table className="min-w-full">
          <tbody>
            {lines.map(({ id, kind, text }) => (
              <tr key={id} data-kind={kind} className={looks[kind].colour}>
                <td className="w-6 pl-2 select-none">
                  <span aria-hidden>{looks[kind].sign}</span>
                  {kind !== 'same' && <span className="sr-only">{t(`connect.file.${kind}`)}</span>}
                </td>
                <td className={cx('pr-3 whitespace-pre', kind === 'gap' && 'h-2')}>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

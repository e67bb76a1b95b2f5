import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../../../components/fields.tsx';
import { useTrial } from '../../../lib/trials.ts';
import { visible } from '../visible.ts';
import type { Pane } from './panes.ts';
import { wordDiff } from './word-diff.ts';

/** Two of the final texts against each other. */
export function TextDiff({ panes }: { readonly panes: readonly Pane[] }) {
  const { t } = useTranslation();
  const [from, setFrom] = useState('0');
  const [to, setTo] = useState('1');
  const before = useTrial(panes[Number(from)]?.trial ?? null);
  const after = useTrial(panes[Number(to)]?.trial ?? null);
  const ready = before?.end != null && after?.end != null;
  const [one, other] = ready ? [before.text, after.text] : ['', ''];
  const pieces = useMemo(() => wordDiff(one, other), [one, other]);
  const options = panes.map((_, at) => ({ value: String(at), label: t('test.compare.pane', { number: at + 1 }) }));
  return (
    <section aria-label={t('test.compare.diff')} className="flex flex-col gap-3 rounded-card border border-line p-3">
      <div className="flex flex-wrap items-end gap-3">
        <h2 className="mr-auto self-center font-medium">{t('test.compare.diff')}</h2>
        <SelectField
          label={t('test.compare.before')}
          value={from}
          options={options}
          onChange={setFrom}
          className="w-32"
        />
        <SelectField label={t('test.compare.after')} value={to} options={options} onChange={setTo} className="w-32" />
      </div>
      {!ready && <p className="text-muted">{t('test.compare.diffLater')}</p>}
      {ready && one === other && <p className="text-muted">{t('test.compare.same')}</p>}
      {ready && one !== other && (
        <p data-testid="text-diff" className="leading-normal whitespace-pre-wrap wrap-anywhere">
          {pieces.map(({ kind, text }, at) => {
            // oxlint-disable-next-line react/no-array-index-key -- made at once, never moved
            if (kind === 'same') return <span key={at}>{visible(text)}</span>;
            return kind === 'added' ? (
              // oxlint-disable-next-line react/no-array-index-key -- made at once, never moved
              <ins key={at} className="bg-success/15 text-success">
                {visible(text)}
              </ins>
            ) : (
              // oxlint-disable-next-line react/no-array-index-key -- made at once, never moved
              <del key={at} className="bg-danger/10 text-danger">
                {visible(text)}
              </del>
            );
          })}
        </p>
      )}
    </section>
  );
}

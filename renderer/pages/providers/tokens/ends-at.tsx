import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';

const soonMs = 3 * 86_400_000;

/** When a token says that it ends; with a sign beside the colour when that is soon. */
export function EndsAt({ at, now }: { readonly at: number | null; readonly now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (at === null) return <span className="text-muted">–</span>;
  const soon = at - now < soonMs;
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={format.dateTime(at)}
      className={cx('inline-flex items-center gap-1', soon ? 'text-warning' : 'text-muted')}
    >
      {soon && <TriangleAlert aria-hidden size={12} className="shrink-0" />}
      {at <= now ? t('tokens.ended') : format.relative(at, now)}
    </time>
  );
}

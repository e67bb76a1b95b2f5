import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import { StatusChip } from '../../../components/status-chip.tsx';
import { useFormat } from '../../../lib/format.ts';
import { useNow } from '../../../lib/now.ts';

/** The last time this model was asked on purpose; its row in Logs says all. */
export function LastTest({ row }: { readonly row: Exchange | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  if (row === undefined) return <span className="text-muted">–</span>;
  return (
    <span className="flex flex-col items-start gap-0.5">
      <Link to="/logs/$exchangeId" params={{ exchangeId: row.id }} aria-label={t('models.lastTest.open')}>
        <StatusChip exchange={row} />
      </Link>
      <span className="text-xs whitespace-nowrap text-muted">
        {row.firstToken !== null && `${format.duration(row.firstToken)} · `}
        {format.relative(row.receivedAt, now)}
      </span>
    </span>
  );
}

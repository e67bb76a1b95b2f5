import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { columnWhen, type TokenColumn } from './token-columns.ts';
import { isSortable, type TokenOrder } from './token-order.ts';

interface HeadingProps {
  readonly column: TokenColumn;
  readonly order: TokenOrder | null;
  readonly onSort: () => void;
}

/** The head of a column, which sorts the table where that says something. */
export function Heading({ column, order, onSort }: HeadingProps) {
  const { t } = useTranslation();
  const text = t(`tokens.columns.${column}`);
  const sorted = order?.by === column ? order : null;
  const Arrow = sorted?.down === true ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      className={`px-2 font-normal ${columnWhen[column]}`}
      {...(sorted && { 'aria-sort': sorted.down ? ('descending' as const) : ('ascending' as const) })}
    >
      {isSortable(column) ? (
        <button
          type="button"
          className="inline-flex min-h-6 items-center gap-1 rounded-control whitespace-nowrap hover:text-text"
          onClick={onSort}
        >
          {text}
          {sorted !== null && <Arrow aria-hidden size={12} />}
        </button>
      ) : (
        text
      )}
    </th>
  );
}

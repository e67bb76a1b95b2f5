import { Ban } from 'lucide-react';
import type { Exchange } from '../../../../shared/exchange.ts';
import { call } from '../../../lib/backend.ts';
import { attempt } from '../../../lib/toasts.ts';

interface CancelInRowProps {
  readonly exchange: Exchange;
  readonly label: string;
}

/** By keyboard the panel has the same: the rows of the list are one tab stop together. */
export function CancelInRow({ exchange, label }: CancelInRowProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        void attempt(call('exchanges.cancel', { id: exchange.id }));
      }}
      className="ml-auto inline-flex size-6 shrink-0 items-center justify-center rounded-control text-danger hover:bg-danger/10"
    >
      <Ban aria-hidden size={14} />
    </button>
  );
}

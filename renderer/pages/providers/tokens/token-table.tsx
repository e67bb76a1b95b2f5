import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProviderId, usesApiKeys } from '../../../../shared/provider.ts';
import type { Token } from '../../../../shared/token.ts';
import { useNow } from '../../../lib/now.ts';
import { wordFor } from '../../../lib/providers.ts';
import { useSettings } from '../../../lib/settings.ts';
import { TokenRow } from './token-row.tsx';
import { Heading } from './heading.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import { type Sharing, sharingOf, type TokenColumn } from './token-columns.ts';
import { inOrder, nextOrder, type TokenOrder } from './token-order.ts';

interface TokenTableProps {
  readonly tokens: readonly Token[];
  readonly provider: ProviderId;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

/** Those that say something here: whose an API key is, nobody knows; few tokens say when they end. */
function columnsFor(provider: ProviderId, tokens: readonly Token[], { tuned }: Sharing): readonly TokenColumn[] {
  const columns: (TokenColumn | false)[] = [
    'alias',
    !usesApiKeys(provider) && 'role',
    'state',
    'counts',
    'inFlight',
    tuned ?? false,
    'lastError',
    tokens.some(({ endsAt }) => endsAt !== null) && 'endsAt',
    'lastUsed',
    'enabled',
  ];
  return columns.filter((column) => column !== false);
}

export function TokenTable({ tokens, provider, selected, onSelect }: TokenTableProps) {
  const { t } = useTranslation();
  const now = useNow();
  const sharing = sharingOf(useSettings().data);
  const columns = columnsFor(provider, tokens, sharing);
  const shown: ReadonlySet<TokenColumn> = new Set(columns);
  const [order, setOrder] = useState<TokenOrder | null>(null);
  const [revealing, setRevealing] = useState<Token | null>(null);
  const chosen = tokens.filter(({ id }) => selected.has(id)).length;
  const toggle = (id: string, on: boolean) => {
    const next = new Set(selected);
    if (on) next.add(id);
    else next.delete(id);
    onSelect(next);
  };
  return (
    <div className="@container relative overflow-hidden rounded-card border border-line">
      <table className="w-full" aria-label={t('tokens.table', wordFor(provider))}>
        <thead className="bg-surface">
          <tr className="h-8 text-left text-xs text-muted">
            <th scope="col" className="w-9 pl-3">
              <input
                type="checkbox"
                className="block size-4"
                aria-label={t('tokens.selectAll', wordFor(provider))}
                checked={chosen === tokens.length}
                ref={(box) => {
                  if (box !== null) box.indeterminate = chosen > 0 && chosen < tokens.length;
                }}
                onChange={(event) => onSelect(new Set(event.target.checked ? tokens.map(({ id }) => id) : []))}
              />
            </th>
            {columns.map((column) => (
              <Heading key={column} column={column} order={order} onSort={() => setOrder(nextOrder(order, column))} />
            ))}
            <th scope="col" className="w-10">
              <span className="sr-only">{t('tokens.columns.menu')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {inOrder(tokens, order).map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              provider={provider}
              now={now}
              sharing={sharing}
              shown={shown}
              onReveal={() => setRevealing(token)}
              selected={selected.has(token.id)}
              onSelect={(on) => toggle(token.id, on)}
            />
          ))}
        </tbody>
      </table>
      {revealing !== null && <RevealDialog token={revealing} onClose={() => setRevealing(null)} />}
    </div>
  );
}

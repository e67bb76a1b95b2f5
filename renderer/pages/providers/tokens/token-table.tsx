import { useTranslation } from 'react-i18next';
import { type ProviderId, usesApiKeys } from '../../../../shared/provider.ts';
import type { Token } from '../../../../shared/token.ts';
import { useNow } from '../../../lib/now.ts';
import { wordFor } from '../../../lib/providers.ts';
import { TokenRow } from './token-row.tsx';
import { columnWhen } from './token-columns.ts';

interface TokenTableProps {
  readonly tokens: readonly Token[];
  readonly provider: ProviderId;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

const columns = ['alias', 'role', 'state', 'counts', 'inFlight', 'lastError', 'lastUsed', 'enabled'] as const;

export function TokenTable({ tokens, provider, selected, onSelect }: TokenTableProps) {
  const { t } = useTranslation();
  const now = useNow();
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
            {columns
              .filter((column) => column !== 'role' || !usesApiKeys(provider))
              .map((column) => (
                <th key={column} scope="col" className={`px-2 font-normal ${columnWhen[column]}`}>
                  {t(`tokens.columns.${column}`)}
                </th>
              ))}
            <th scope="col" className="w-10">
              <span className="sr-only">{t('tokens.columns.menu')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              provider={provider}
              now={now}
              selected={selected.has(token.id)}
              onSelect={(on) => toggle(token.id, on)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { Plus, SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../shared/provider.ts';
import type { Token } from '../../../../shared/token.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { FilterChips } from '../../../components/filter-chips.tsx';
import { SearchField } from '../../../components/search-field.tsx';
import { wordFor } from '../../../lib/providers.ts';
import { BulkBar } from './bulk-bar.tsx';
import { CheckAll } from './check-all.tsx';
import { StrategyMenu } from './strategy-menu.tsx';
import { filterTokens, inGroup, type TokenGroup, tokenGroups } from './token-filter.ts';
import { TokenTable } from './token-table.tsx';

interface TokenBrowserProps {
  readonly tokens: readonly Token[];
  readonly provider: ProviderId;
  readonly onAdd: () => void;
}

export function TokenBrowser({ tokens, provider, onAdd }: TokenBrowserProps) {
  const { t } = useTranslation();
  const [group, setGroup] = useState<TokenGroup>('all');
  const [text, setText] = useState('');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => filterTokens(tokens, group, text), [tokens, group, text]);
  const chosen = shown.filter(({ id }) => selected.has(id));
  const clear = () => {
    setGroup('all');
    setText('');
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button intent="primary" onClick={onAdd}>
          <Plus aria-hidden size={15} />
          {t('tokens.add.open', wordFor(provider))}
        </Button>
        <CheckAll tokens={tokens} provider={provider} />
        {tokens.length > 1 && <StrategyMenu />}
        <SearchField
          label={t('tokens.search', wordFor(provider))}
          value={text}
          onChange={setText}
          className="ml-auto w-64 max-sm:w-full"
        />
      </div>
      <FilterChips
        label={t('tokens.filter', wordFor(provider))}
        value={group}
        onChange={setGroup}
        options={tokenGroups
          .map((value) => ({
            value,
            label: t(`tokens.groups.${value}`),
            count: tokens.filter((token) => inGroup(token, value)).length,
          }))
          .filter(({ value, count }) => value === 'all' || value === group || count > 0)}
      />
      {chosen.length > 0 && <BulkBar tokens={chosen} provider={provider} onDone={() => setSelected(new Set())} />}
      {shown.length > 0 ? (
        <TokenTable tokens={shown} provider={provider} selected={selected} onSelect={setSelected} />
      ) : (
        <EmptyState icon={SearchX} title={t('common.nothingMatches')} testId="tokens-filter-empty">
          <Button onClick={clear}>{t('common.clearFilters')}</Button>
        </EmptyState>
      )}
    </div>
  );
}

import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ProviderState } from '../../../../shared/state.ts';
import { LoadFailed } from '../../../components/load-failed.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useTokens } from '../../../lib/queries.ts';
import { AddTokens } from './add/add-tokens.tsx';
import { GuestMode } from './guest-mode.tsx';
import { NoTokens } from './no-tokens.tsx';
import { TokenBrowser } from './token-browser.tsx';

export function TokensTab({ provider }: { readonly provider: ProviderState }) {
  const { data: tokens, isError, refetch } = useTokens(provider.id);
  const { add } = useSearch({ from: '/providers' });
  const [adding, setAdding] = useState(add === true);
  /** A new sheet each time: it starts empty, however the last one was left. */
  const [sheet, setSheet] = useState(0);
  const openSheet = () => {
    setSheet((last) => last + 1);
    setAdding(true);
  };
  return (
    <div className="flex flex-col gap-4">
      {provider.hasGuests && <GuestMode provider={provider} />}
      {isError && <LoadFailed retry={() => void refetch()} testId="tokens-error" />}
      {!isError && tokens === undefined && <Skeleton rows={5} testId="tokens-loading" />}
      {tokens?.length === 0 && <NoTokens provider={provider} onAdd={openSheet} />}
      {tokens !== undefined && tokens.length > 0 && (
        <TokenBrowser tokens={tokens} provider={provider.id} onAdd={openSheet} />
      )}
      <AddTokens
        key={sheet}
        open={adding}
        onClose={() => setAdding(false)}
        provider={provider.id}
        saved={tokens ?? []}
      />
    </div>
  );
}

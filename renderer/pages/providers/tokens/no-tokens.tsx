import { KeyRound, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { providerName } from '../../../lib/provider-name.ts';
import type { ProviderState } from '../../../../shared/state.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { wordFor } from '../../../lib/providers.ts';
import { HowToGetOne } from './how-to-get-one.tsx';

interface NoTokensProps {
  readonly provider: ProviderState;
  readonly onAdd: () => void;
}

export function NoTokens({ provider, onAdd }: NoTokensProps) {
  const { t } = useTranslation();
  const name = providerName(provider.id);
  return (
    <EmptyState
      icon={KeyRound}
      title={
        provider.hasGuests
          ? t(provider.guestMode ? 'tokens.empty.guest' : 'tokens.empty.nothing', { provider: name })
          : t('tokens.empty.noGuests', { provider: name, ...wordFor(provider.id) })
      }
      testId="tokens-empty"
    >
      <Button intent="primary" onClick={onAdd}>
        <Plus aria-hidden size={15} />
        {t('tokens.add.open', wordFor(provider.id))}
      </Button>
      <HowToGetOne provider={provider.id} />
    </EmptyState>
  );
}

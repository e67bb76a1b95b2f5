import { CircleCheck, CircleOff, KeyRound, type LucideIcon, Timer, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ProviderState } from '../../shared/state.ts';
import { isNotSetUp, wordFor } from '../lib/providers.ts';
import { Chip, type Tone } from './chip.tsx';

const looks: Record<ProviderState['state'], { tone: Tone; icon: LucideIcon }> = {
  ok: { tone: 'success', icon: CircleCheck },
  guest: { tone: 'guest', icon: UserRound },
  cooling: { tone: 'info', icon: Timer },
  'needs-token': { tone: 'warning', icon: KeyRound },
  off: { tone: 'neutral', icon: CircleOff },
};

export function ProviderChip({ provider }: { readonly provider: ProviderState }) {
  const { t } = useTranslation();
  const { id, state } = provider;
  if (state === 'needs-token' && isNotSetUp(provider)) return <Chip tone="neutral">{t('providers.notSetUp')}</Chip>;
  const { tone, icon } = looks[state];
  return (
    <Chip tone={tone} icon={icon}>
      {t(`providers.states.${state}`, wordFor(id))}
    </Chip>
  );
}

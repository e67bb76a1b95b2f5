import { CircleAlert, CircleCheck, CircleSlash, LoaderCircle, type LucideIcon, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../shared/exchange.ts';
import { Chip, type Tone } from './chip.tsx';

const looks: Record<Exchange['outcome'], { tone: Tone; icon: LucideIcon }> = {
  active: { tone: 'info', icon: LoaderCircle },
  ok: { tone: 'success', icon: CircleCheck },
  failed: { tone: 'danger', icon: CircleAlert },
  cancelled: { tone: 'neutral', icon: CircleSlash },
  interrupted: { tone: 'warning', icon: Unplug },
};

export function StatusChip({ exchange: { outcome, status } }: { readonly exchange: Exchange }) {
  const { t } = useTranslation();
  const { tone, icon } = looks[outcome];
  return (
    <Chip tone={tone} icon={icon}>
      {outcome === 'ok' || outcome === 'failed'
        ? (status ?? t(`logs.outcomes.${outcome}`))
        : t(`logs.outcomes.${outcome}`)}
    </Chip>
  );
}

import {
  BatteryLow,
  CircleAlert,
  CircleCheck,
  CircleOff,
  CircleQuestionMark,
  CircleX,
  LoaderCircle,
  Lock,
  type LucideIcon,
  Timer,
  TimerReset,
  UserRoundX,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Token, TokenState } from '../../../../shared/token.ts';
import { Chip, type Tone } from '../../../components/chip.tsx';
import { Tip } from '../../../components/tip.tsx';
import { useFormat } from '../../../lib/format.ts';
import { wordFor } from '../../../lib/providers.ts';

const looks: Record<TokenState, { tone: Tone; icon: LucideIcon }> = {
  unverified: { tone: 'neutral', icon: CircleQuestionMark },
  checking: { tone: 'info', icon: LoaderCircle },
  ready: { tone: 'success', icon: CircleCheck },
  degraded: { tone: 'warning', icon: CircleAlert },
  cooling: { tone: 'info', icon: Timer },
  probing: { tone: 'info', icon: TimerReset },
  quota: { tone: 'warning', icon: BatteryLow },
  guest: { tone: 'guest', icon: UserRoundX },
  invalid: { tone: 'danger', icon: CircleX },
  off: { tone: 'neutral', icon: CircleOff },
  locked: { tone: 'warning', icon: Lock },
};

export function TokenStateChip({ token, now }: { readonly token: Token; readonly now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tone, icon } = looks[token.state];
  const word = t(`tokens.states.${token.state}`, { count: token.failures });
  const resting = token.until !== null && token.until > now && (token.state === 'cooling' || token.state === 'quota');
  const chip = (
    <Chip tone={tone} icon={icon}>
      {word}
      {resting && token.until !== null && ` ${format.countdown(token.until - now)}`}
    </Chip>
  );
  const explained =
    resting && token.until !== null
      ? t('tokens.until', { time: format.dateTime(token.until) })
      : t(`tokens.stateHints.${token.state}`, wordFor(token.provider));
  return (
    <Tip label={explained}>
      <span className="inline-flex">{chip}</span>
    </Tip>
  );
}

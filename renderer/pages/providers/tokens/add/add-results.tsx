import {
  ArrowRightLeft,
  CircleAlert,
  CircleCheck,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  Copy,
  Hourglass,
  type LucideIcon,
  UserRoundX,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../../../shared/contract.ts';
import type { ProviderId } from '../../../../../shared/provider.ts';
import { Button } from '../../../../components/button.tsx';
import { Chip, type Tone } from '../../../../components/chip.tsx';
import { copyText } from '../../../../lib/clipboard.ts';
import { useFormat } from '../../../../lib/format.ts';
import { wordFor } from '../../../../lib/providers.ts';
import { say } from '../../../../lib/toasts.ts';

type Line = Output<'tokens.add'>[number];

const looks: Record<Line['outcome'], { tone: Tone; icon: LucideIcon }> = {
  added: { tone: 'success', icon: CircleCheck },
  unchecked: { tone: 'neutral', icon: CircleQuestionMark },
  guest: { tone: 'guest', icon: UserRoundX },
  invalid: { tone: 'danger', icon: CircleX },
  'duplicate-in-paste': { tone: 'neutral', icon: Copy },
  'duplicate-saved': { tone: 'neutral', icon: Copy },
  'not-a-token': { tone: 'warning', icon: CircleAlert },
  expired: { tone: 'danger', icon: Hourglass },
  elsewhere: { tone: 'warning', icon: ArrowRightLeft },
  cancelled: { tone: 'neutral', icon: CircleSlash },
};

function ResultLine({ line, provider }: { readonly line: Line; readonly provider: ProviderId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tone, icon } = looks[line.outcome];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-1.5 first:border-t-0">
      <span className="w-14 shrink-0 text-xs text-muted">
        {line.line !== null && t('tokens.add.line', { line: line.line })}
      </span>
      <span className="w-24 shrink-0">
        {line.alias !== null && <span className="font-medium">{line.alias} </span>}
        <span className="code text-xs text-muted">{line.fingerprint}</span>
      </span>
      <Chip tone={tone} icon={icon}>
        {t(`tokens.add.outcomes.${line.outcome}`, wordFor(provider))}
      </Chip>
      {line.tookMs !== null && <span className="text-xs text-muted">{format.duration(line.tookMs)}</span>}
      {line.reason !== null && (
        <span lang="en" className="w-full pl-17 text-xs text-muted">
          {line.reason}
        </span>
      )}
    </li>
  );
}

interface AddResultsProps {
  readonly lines: readonly Line[];
  readonly provider: ProviderId;
}

export function AddResults({ lines, provider }: AddResultsProps) {
  const { t } = useTranslation();
  const added = lines.filter(({ outcome }) => outcome === 'added' || outcome === 'unchecked').length;
  return (
    <div data-testid="add-results">
      <output className="mb-2 block font-medium">
        {t('tokens.add.summary', { count: added, ...wordFor(provider) })}
      </output>
      <ul aria-label={t('tokens.add.resultsLabel')}>
        {lines.map((line, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines repeat, and are never moved
          <ResultLine key={at} line={line} provider={provider} />
        ))}
      </ul>
      <Button
        size="small"
        className="mt-4"
        onClick={() => void copyText(' ').then((done) => done && say(t('tokens.add.clipboardCleared')))}
      >
        {t('tokens.add.clearClipboard')}
      </Button>
    </div>
  );
}

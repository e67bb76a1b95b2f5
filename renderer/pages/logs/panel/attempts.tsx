import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Attempt, Exchange } from '../../../../shared/exchange.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { useFormat } from '../../../lib/format.ts';
import { credentialName } from '../names.ts';
import { totalOf } from '../timeline.ts';
import { FailureBox } from './failure-box.tsx';

interface AttemptCardProps {
  readonly attempt: Attempt;
  readonly number: number;
  /** When the exchange ended, or now. */
  readonly until: number;
}

function AttemptCard({ attempt, number, until }: AttemptCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { decision, ended, failure, leased, provider } = attempt;
  const [Icon, colour] =
    failure !== null
      ? [CircleAlert, 'text-danger']
      : ended === null
        ? [LoaderCircle, 'text-info']
        : [CircleCheck, 'text-success'];
  return (
    <li className="rounded-card border border-line p-3">
      <div className="mb-1 flex items-center gap-2">
        <Icon aria-hidden size={15} className={colour} />
        <span className="font-medium">{t('logs.panel.attempt', { number })}</span>
        <span className="text-muted">
          {attempt.credential === null
            ? providerName(provider)
            : `${providerName(provider)} · ${credentialName(attempt, t)}`}
        </span>
        <span className="ml-auto">{format.duration((ended ?? until) - (leased ?? 0))}</span>
      </div>
      {failure === null ? (
        <p className="text-muted">{t(ended === null ? 'logs.panel.attemptRunning' : 'logs.panel.attemptOk')}</p>
      ) : (
        <FailureBox failure={failure} provider={provider} brief />
      )}
      {decision !== null && <p className="mt-1 text-xs text-muted">{t(`decisions.${decision}`, { number })}</p>}
    </li>
  );
}

export function Attempts({ exchange, now }: { readonly exchange: Exchange; readonly now: number }) {
  return (
    <ol className="flex flex-col gap-2">
      {exchange.attempts.map((attempt, index) => (
        <AttemptCard
          key={`${attempt.leased}-${attempt.credential}`}
          attempt={attempt}
          number={index + 1}
          until={totalOf(exchange, now)}
        />
      ))}
    </ol>
  );
}

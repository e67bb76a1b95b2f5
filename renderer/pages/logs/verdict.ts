import type { TFunction } from 'i18next';
import type { Attempt, Exchange } from '../../../shared/exchange.ts';
import { failureTitle } from '../../lib/error-text.ts';
import type { Format } from '../../lib/format.ts';
import { credentialName } from './names.ts';
import { totalOf } from './timeline.ts';

const failed = (attempts: readonly Attempt[]) => attempts.filter(({ failure }) => failure !== null);

/** "Z1 was rejected and Z3 was asked to slow down" */
function mishaps(attempts: readonly Attempt[], t: TFunction, format: Format): string {
  const said = failed(attempts).map(
    (attempt) => attempt.failure && t(`logs.mishap.${attempt.failure.blame}`, { who: credentialName(attempt, t) }),
  );
  return format.list(said.filter((text) => text !== null));
}

function answered(exchange: Exchange, t: TFunction, format: Format): string {
  const { attempts, firstToken } = exchange;
  const winner = attempts.at(-1);
  const who = winner === undefined ? '' : credentialName(winner, t);
  const lost = failed(attempts);
  const time = format.duration(firstToken ?? totalOf(exchange, 0));
  if (lost.length === 0) return t(firstToken === null ? 'logs.verdict.okWhole' : 'logs.verdict.ok', { who, time });
  const spent = lost.reduce((sum, { ended, leased }) => sum + Math.max(0, (ended ?? 0) - (leased ?? 0)), 0);
  return t('logs.verdict.okAfter', { who, time, mishaps: mishaps(attempts, t, format), lost: format.duration(spent) });
}

function running({ attempts, firstToken }: Exchange, t: TFunction): string {
  const current = attempts.at(-1);
  if (current === undefined || current.failure !== null) return t('logs.verdict.waitingForToken');
  const who = credentialName(current, t);
  return t(firstToken === null ? 'logs.verdict.waitingForAnswer' : 'logs.verdict.streaming', { who });
}

/** What became of a request, in one sentence. */
export function verdict(exchange: Exchange, now: number, t: TFunction, format: Format): string {
  const time = format.duration(totalOf(exchange, now));
  switch (exchange.outcome) {
    case 'active':
      return running(exchange, t);
    case 'ok':
      return answered(exchange, t, format);
    case 'cancelled':
      return t(exchange.firstToken === null ? 'logs.verdict.leftEarly' : 'logs.verdict.leftMidway', { time });
    case 'interrupted':
      return t('logs.verdict.interrupted', { time });
    case 'failed': {
      const { attempts, failure } = exchange;
      const reason = failure === null ? t('logs.verdict.failed') : failureTitle(exchange);
      const tries = failed(attempts);
      return tries.length < 2 ? reason : t('logs.verdict.failedAfter', { mishaps: mishaps(attempts, t, format) });
    }
    // no default
  }
}

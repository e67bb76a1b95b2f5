import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import type { Attempt, Exchange, Failure } from '../../../../shared/exchange.ts';
import type { Source } from '../../exchange/answer.ts';
import { createHistory } from '../../exchange/history.ts';
import { ExchangeRecorder } from '../../exchange/recorder.ts';
import { openDatabase } from '../../storage/database.ts';
import { Figures } from '../figures.ts';

const root = mkdtempSync(path.join(tmpdir(), 'traygate-figures-'));
after(() => rmSync(root, { recursive: true }));

/** A Saturday at noon, so that every bucket width has a boundary here. */
export const noon = Date.UTC(2026, 10, 21, 12);

/** A real database with its history and its figures; the clock is the test's. */
export function setUp(sources: readonly Pick<Source, 'provider' | 'pool'>[] = []) {
  const database = openDatabase(mkdtempSync(path.join(root, 'd-')));
  const clock = { now: noon };
  const limits = () => ({ rows: 1_000_000, days: 3_650, megabytes: 10_000 });
  const restart = () => {
    const figures = new Figures({
      database,
      sources: () => sources,
      exchange: (id) => history.get(id),
      clock: () => clock.now,
      log: { warn: () => undefined },
    });
    const history = createHistory(database, limits, figures.add);
    return { figures, history };
  };
  return { database, clock, restart, ...restart() };
}

let made = 0;

/** An exchange that came to its end `ago` milliseconds before noon. */
export function ended(ago: number, change: Partial<Exchange> = {}): Exchange {
  const { record } = new ExchangeRecorder(
    {
      id: `req_${++made}`,
      dialect: 'openai-chat',
      clientKey: null,
      client: 'curl',
      model: 'm',
      stream: true,
    },
    () => undefined,
  );
  const row: Exchange = {
    ...record,
    outcome: 'ok',
    resolvedModel: 'm',
    firstToken: 100,
    lastToken: 600,
    closed: 1_000,
  };
  const whole = { ...row, ...change };
  return { ...whole, receivedAt: noon - ago - (whole.closed ?? 0) };
}

export const usage = (inputTokens: number | null, outputTokens: number | null): Exchange['usage'] => ({
  inputTokens,
  outputTokens,
  totalTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
});

export const failed = (blame: Failure['blame']): Failure => ({
  code: 'x',
  blame,
  status: 500,
  message: 'x',
  hint: 'x',
  upstreamStatus: null,
  upstreamCode: null,
  upstreamMessage: null,
});

export const attempt = (credential: string, failure: Failure | null = null): Attempt => ({
  provider: 'zai',
  credential,
  credentialKind: credential === 'Guest' ? 'guest' : 'user',
  leased: 1,
  connected: 2,
  headers: 3,
  firstEvent: 4,
  ended: 5,
  failure,
  decision: null,
});

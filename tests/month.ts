import { createHistory } from '../electron/gateway/exchange/history.ts';
import { ExchangeRecorder } from '../electron/gateway/exchange/recorder.ts';
import { Figures } from '../electron/gateway/figures/figures.ts';
import { openDatabase } from '../electron/gateway/storage/database.ts';
import type { Exchange } from '../shared/exchange.ts';

const dayMs = 86_400_000;
const models = [
  'GLM-4.6',
  'GLM-4.5-Air',
  'K2-Think',
  'LongCat-Flash',
  'GLM-5',
  'gpt-oss-120b',
  'qwen3-coder',
  'glm-4.7',
];

/** Exchanges as a month leaves them behind, most of them of the last days; the same each time. */
export function monthOf(count: number, now: number): Exchange[] {
  let state = 1;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const rows = Array.from({ length: count }, (_, at): Exchange => {
    const start = { id: `req_${at}`, dialect: 'openai-chat', clientKey: 'Default', client: 'x', model: 'm' } as const;
    const { record } = new ExchangeRecorder({ ...start, stream: true }, () => undefined);
    const tokens = Math.round(20 + random() * 800);
    const firstToken = 200 + random() ** 3 * 5_000;
    const model = models[Math.floor(random() * models.length)] ?? 'GLM-5';
    const ok = random() < 0.95;
    const lastToken = firstToken + (tokens * 1_000) / (20 + random() * 60);
    return {
      ...record,
      receivedAt: Math.round(now - random() ** 2 * 30 * dayMs - lastToken),
      model,
      resolvedModel: model,
      provider: 'zai',
      outcome: ok ? 'ok' : 'cancelled',
      status: ok ? 200 : null,
      firstToken,
      lastToken,
      closed: lastToken + 5,
      usage: { inputTokens: 500, outputTokens: tokens, totalTokens: null, cachedTokens: null, reasoningTokens: null },
      attempts: [
        {
          provider: 'zai',
          credential: `Z${1 + Math.floor(random() * 20)}`,
          credentialKind: 'user',
          leased: 0,
          connected: 1,
          headers: 2,
          firstEvent: 3,
          ended: lastToken,
          failure: null,
          decision: null,
        },
      ],
    };
  });
  return rows.toSorted((a, b) => a.receivedAt - b.receivedAt);
}

/** Puts such a month into a data folder that no gateway uses. */
export function saveMonth(dataDir: string, count: number): void {
  const database = openDatabase(dataDir);
  const figures = new Figures({
    database,
    sources: () => [],
    exchange: () => null,
    clock: Date.now,
    log: { warn: () => undefined },
  });
  const history = createHistory(database, () => ({ rows: count, days: 99, megabytes: 1_000 }), figures.add);
  const exchanges = monthOf(count, Date.now());
  for (let at = 0; at < count; at += 1_000) history.save(exchanges.slice(at, at + 1_000));
  database.close();
}

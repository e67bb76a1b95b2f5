import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Exchange } from '../../shared/exchange.ts';
import { tokenStates, type Token } from '../../shared/token.ts';
import type { ProviderId } from '../../shared/provider.ts';

/** What is counted when somebody asks, not before. */
export interface MetricsNow {
  readonly version: string;
  readonly inFlight: () => number;
  /** Whether what replicas share can be asked for; null where there are none. */
  readonly replicas: () => boolean | null;
  readonly pools: () => readonly {
    readonly provider: ProviderId;
    readonly tokens: readonly Pick<Token, 'state'>[];
    readonly guests: number;
    readonly waiting: number;
  }[];
}

const seconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60, 120, 300];
/** Names of models come from services; a list without end would fill the memory. */
const maxModels = 500;
const none = 'none';

/** Figures for Prometheus: counts of exchanges, attempts and tokens. No prompt, answer, key, account or alias. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = this.#counter('requests', 'Requests of clients that have come to their end.', [
    'dialect',
    'provider',
    'model',
    'outcome',
  ]);
  readonly #attempts = this.#counter('attempts', 'Attempts at providers; code is ok or that of the error table.', [
    'provider',
    'credential',
    'code',
  ]);
  readonly #usage = this.#counter('usage_tokens', 'Tokens of language, as providers count them.', [
    'provider',
    'model',
    'kind',
  ]);
  readonly #duration = this.#histogram('request_duration_seconds', 'From the request to its end.');
  readonly #firstToken = this.#histogram(
    'first_token_seconds',
    'From the request to the first text, reasoning or tool call.',
  );
  readonly #models = new Set<string>();
  #process = false;

  constructor(now: MetricsNow) {
    const info = this.#gauge('info', 'The version that runs.', ['version'], (gauge) =>
      gauge.set({ version: now.version }, 1),
    );
    const inFlight = this.#gauge('requests_in_flight', 'Requests that are being answered.', [], (gauge) =>
      gauge.set(now.inFlight()),
    );
    const tokens = this.#gauge('pool_tokens', 'Tokens of each pool by state.', ['provider', 'state'], (gauge) => {
      for (const pool of now.pools())
        for (const state of tokenStates)
          gauge.set({ provider: pool.provider, state }, pool.tokens.filter((token) => token.state === state).length);
    });
    const guests = this.#gauge('pool_guests', 'Guest sessions that are open.', ['provider'], (gauge) => {
      for (const pool of now.pools()) gauge.set({ provider: pool.provider }, pool.guests);
    });
    const waiting = this.#gauge('pool_waiting', 'Requests that wait for a token.', ['provider'], (gauge) => {
      for (const pool of now.pools()) gauge.set({ provider: pool.provider }, pool.waiting);
    });
    const replicas = this.#gauge('replicas_connected', 'Whether what replicas share can be asked for.', [], (gauge) => {
      const connected = now.replicas();
      if (connected !== null) gauge.set(Number(connected));
    });
    for (const gauge of [info, inFlight, tokens, guests, waiting, replicas]) this.#registry.registerMetric(gauge);
  }

  /** An exchange that has come to its end. */
  count({ dialect, resolvedModel, outcome, attempts, usage, firstToken, closed, provider: offered }: Exchange): void {
    const provider = attempts.at(-1)?.provider ?? offered ?? none;
    const model = this.#model(resolvedModel);
    this.#requests.inc({ dialect, provider, model, outcome });
    for (const attempt of attempts) {
      const code = attempt.failure?.code ?? (attempt.ended === null ? 'unfinished' : 'ok');
      this.#attempts.inc({ provider: attempt.provider, credential: attempt.credentialKind ?? none, code });
    }
    if (usage?.inputTokens) this.#usage.inc({ provider, model, kind: 'input' }, usage.inputTokens);
    if (usage?.outputTokens) this.#usage.inc({ provider, model, kind: 'output' }, usage.outputTokens);
    if (usage?.cachedTokens) this.#usage.inc({ provider, model, kind: 'cached' }, usage.cachedTokens);
    if (closed !== null) this.#duration.observe({ dialect, provider }, closed / 1000);
    if (firstToken !== null) this.#firstToken.observe({ dialect, provider }, firstToken / 1000);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    // Figures of the process cost a little while they are collected: not before somebody has asked.
    if (!this.#process) collectDefaultMetrics({ register: this.#registry });
    this.#process = true;
    return this.#registry.metrics();
  }

  close(): void {
    this.#registry.clear();
  }

  #model(name: string | null): string {
    if (name === null) return none;
    if (this.#models.size < maxModels) this.#models.add(name);
    return this.#models.has(name) ? name : 'other';
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name: `traygate_${name}_total`, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string): Histogram<'dialect' | 'provider'> {
    const labelNames: ('dialect' | 'provider')[] = ['dialect', 'provider'];
    return new Histogram({ name: `traygate_${name}`, help, labelNames, buckets: seconds, registers: [this.#registry] });
  }

  /** Read when somebody asks. */
  #gauge(name: string, help: string, labelNames: string[], read: (gauge: Gauge) => void): Gauge {
    const gauge: Gauge = new Gauge({
      name: `traygate_${name}`,
      help,
      labelNames,
      registers: [],
      collect: () => {
        gauge.reset();
        read(gauge);
      },
    });
    return gauge;
  }
}

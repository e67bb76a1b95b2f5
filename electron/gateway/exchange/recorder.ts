import type { Attempt, DialectId, Exchange, Failure } from '../../../shared/exchange.ts';
import type { ModelInfo } from '../../../shared/model.ts';
import { type DecisionCode, KeptNotice, type Notice } from '../../../shared/notice.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import type { ChatError } from '../chat/errors.ts';
import type { ChatEvent, Usage } from '../chat/events.ts';
import type { Credential, Trace } from '../providers/provider.ts';
import { redact } from './redact.ts';

export interface ExchangeStart {
  readonly id: string;
  readonly dialect: DialectId;
  readonly clientKey: string | null;
  readonly client: string;
  readonly model: string;
  readonly stream: boolean;
  readonly purpose?: Exchange['purpose'];
  readonly replayOf?: string | null;
}

export function toFailure(error: ChatError): Failure {
  return {
    code: error.code,
    blame: error.blame,
    status: error.status,
    message: redact(error.message, 500),
    hint: error.hint,
    upstreamStatus: error.upstream?.status ?? null,
    upstreamCode: error.upstream?.code === undefined ? null : String(error.upstream.code),
    upstreamMessage: error.upstream?.message ? redact(error.upstream.message) : null,
  };
}

const maxWarnings = 20;
/** Characters of a value, with the mark of the cut one more. */
const maxValue = 99;

/**
 * Writes one exchange: the only thing that changes its record. Times are milliseconds since it was received, on the
 * monotonic clock. Counting is by the caller's batches, so it costs nothing per token.
 */
export class ExchangeRecorder {
  readonly record: Exchange;
  readonly #received = performance.now();
  readonly #changed: (record: Exchange) => void;
  #attempt: Attempt | null = null;
  /** Why the last attempt failed. */
  lastFailure: ChatError | null = null;

  constructor(start: ExchangeStart, changed: (record: Exchange) => void) {
    this.#changed = changed;
    this.record = {
      ...start,
      purpose: start.purpose ?? null,
      replayOf: start.replayOf ?? null,
      model: start.model.slice(0, 128),
      client: start.client.slice(0, 100),
      receivedAt: Date.now(),
      resolvedModel: null,
      provider: null,
      test: false,
      outcome: 'active',
      status: null,
      finishReason: null,
      attempts: [],
      warnings: [],
      usage: null,
      failure: null,
      leased: null,
      connected: null,
      headers: null,
      firstEvent: null,
      firstToken: null,
      lastToken: null,
      closed: null,
      characters: 0,
    };
    changed(this.record);
  }

  #now(): number {
    return Math.round((performance.now() - this.#received) * 10) / 10;
  }

  resolved(model: ModelInfo): void {
    this.record.resolvedModel = model.id;
    this.record.provider = model.provider;
    this.record.test = model.test;
    this.#changed(this.record);
  }

  /** Each notice once, its values without secrets and cut. */
  warn(notice: Notice): void {
    const { warnings } = this.record;
    const said = JSON.stringify(notice, (_, value: unknown) =>
      typeof value === 'string' ? redact(value, maxValue) : value,
    );
    if (warnings.length < maxWarnings && !warnings.some((known) => JSON.stringify(known) === said))
      warnings.push(KeptNotice.parse(JSON.parse(said)));
  }

  attempt(provider: ProviderId, credential: Credential | null): Trace {
    const attempt: Attempt = {
      provider,
      credential: credential?.alias ?? null,
      credentialKind: credential?.kind ?? null,
      leased: this.#now(),
      connected: null,
      headers: null,
      firstEvent: null,
      ended: null,
      failure: null,
      decision: null,
    };
    this.#attempt = attempt;
    this.record.attempts.push(attempt);
    this.record.leased ??= attempt.leased;
    this.#changed(this.record);
    return {
      mark: (moment) => {
        attempt[moment] ??= this.#now();
        this.record[moment] = attempt[moment];
      },
      warn: (notice) => this.warn(notice),
    };
  }

  /** The first batch of this attempt has arrived. */
  firstEvent(): void {
    if (this.#attempt) this.#attempt.firstEvent ??= this.#now();
    this.record.firstEvent ??= this.#now();
  }

  attemptFailed(error: ChatError, decision: DecisionCode): void {
    this.lastFailure = error;
    if (!this.#attempt) return;
    Object.assign(this.#attempt, { failure: toFailure(error), decision, ended: this.#now() });
    this.#changed(this.record);
  }

  /** Corrects what was decided when the next step turned out to be impossible. */
  decided(decision: DecisionCode): void {
    if (this.#attempt) this.#attempt.decision = decision;
  }

  /** Events on their way to the client. */
  events(events: readonly ChatEvent[]): void {
    let characters = 0;
    for (const event of events) {
      if (event.type === 'text' || event.type === 'reasoning') characters += event.text.length;
      else if (event.type === 'tool-call-start') characters += event.name.length;
      else if (event.type === 'tool-call-delta') characters += event.arguments.length;
      else if (event.type === 'usage') this.record.usage = toUsage(event.usage);
      else if (event.type === 'finish') this.record.finishReason = event.reason;
    }
    if (characters === 0) return;
    const now = this.#now();
    this.record.firstToken ??= now;
    this.record.lastToken = now;
    this.record.characters += characters;
    this.#changed(this.record);
  }

  /** The end, whatever it was. `status` is what the client saw. Later calls change nothing. */
  close(outcome: 'ok' | 'failed' | 'cancelled', status: number, error?: ChatError): void {
    if (this.record.closed !== null) return;
    const now = this.#now();
    if (this.#attempt) this.#attempt.ended ??= now;
    if (error && this.#attempt && outcome === 'failed') this.#attempt.failure ??= toFailure(error);
    Object.assign(this.record, { outcome, status, closed: now, failure: error ? toFailure(error) : null });
    this.#changed(this.record);
  }
}

function toUsage(usage: Usage): Exchange['usage'] {
  const {
    inputTokens = null,
    outputTokens = null,
    totalTokens = null,
    cachedTokens = null,
    reasoningTokens = null,
  } = usage;
  return { inputTokens, outputTokens, totalTokens, cachedTokens, reasoningTokens };
}

import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { ClientCall, type ClientActivity, type ClientHint, clients } from '../../../shared/clients.ts';
import type { Exchange } from '../../../shared/exchange.ts';
import { clientName } from '../http/client-name.ts';
import { nearName } from '../near-name.ts';
import type { Memory } from './applied.ts';
import { catalog, clientCalled } from './catalog/catalog.ts';

export interface ActivityOptions {
  readonly memory: Memory;
  readonly models: () => readonly string[];
  readonly clock: () => number;
  readonly changed: (activity: ClientActivity) => void;
}

const memoryKey = 'clients.calls';
const hintMs = 5 * 60_000;
const mostHints = 20;
const saveMs = 60_000;
const tellMs = 300;
/** Of a shorter one the last characters would be too much. */
const longKey = 16;

const withoutV1 = /^\/(anthropic\/)?(chat\/completions|responses|messages)$/;

/** Who has called and when, and what went wrong for whom within the last minutes. */
export class Activity {
  readonly #options: ActivityOptions;
  readonly #calls: Map<string, ClientCall>;
  readonly #hints = new Map<string, ClientHint>();
  #savedAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: ActivityOptions) {
    this.#options = options;
    const saved = z.array(ClientCall).safeParse(JSON.parse(options.memory.get(memoryKey) ?? '[]'));
    this.#calls = new Map((saved.success ? saved.data : []).map((call) => [call.client, call]));
  }

  /** An exchange of a client has come to its end. */
  finished(exchange: Exchange): void {
    const client = clientCalled(exchange.client) ?? keyOwner(exchange.clientKey);
    if (exchange.failure?.code === 'model_not_found') this.#unknownModel(exchange);
    if (!client) return;
    const fresh = !this.#calls.has(client.id);
    const before = this.#calls.get(client.id);
    const ok = exchange.outcome === 'ok';
    // One failure does not turn a card that has been working.
    if (!ok && before?.ok === true) return;
    this.#calls.set(client.id, {
      client: client.id,
      name: exchange.client,
      at: exchange.receivedAt,
      model: exchange.resolvedModel ?? exchange.model,
      ok,
      exchangeId: exchange.id,
      took: exchange.closed,
      tokensPerSecond: speedOf(exchange),
    });
    if (fresh || this.#options.clock() - this.#savedAt > saveMs) this.save();
    this.#tell();
  }

  /** A request with a wrong key, or with none. */
  refused(headers: IncomingHttpHeaders): void {
    const sent = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? headers['x-api-key'];
    const key = typeof sent === 'string' ? sent : null;
    this.#hint(headers, 'wrong-key', key ?? '', {
      sent: key !== null,
      ending: key !== null && key.length >= longKey ? key.slice(-4) : null,
    });
  }

  /** A request that was let in; some come without /v1 and are answered all the same. */
  asked(headers: IncomingHttpHeaders, path: string): void {
    if (withoutV1.test(path)) this.#hint(headers, 'no-v1', '', {});
  }

  get(): ClientActivity {
    const now = this.#options.clock();
    for (const [id, { at }] of this.#hints) if (at < now - hintMs) this.#hints.delete(id);
    return { calls: [...this.#calls.values()], hints: [...this.#hints.values()].toSorted((a, b) => b.at - a.at) };
  }

  /** What was wrong about a model's name is no longer so. */
  forgetModel(model: string): void {
    for (const [id, hint] of this.#hints) if (hint.model === model) this.#hints.delete(id);
    this.#tell();
  }

  save(): void {
    this.#savedAt = this.#options.clock();
    this.#options.memory.set(memoryKey, JSON.stringify([...this.#calls.values()]));
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#calls.size > 0) this.save();
  }

  #unknownModel({ client, model }: Exchange): void {
    const near = nearName(model, [...this.#options.models()]) ?? null;
    this.#hint({ 'x-client-source': client }, 'unknown-model', model, { model, near });
  }

  #hint(headers: IncomingHttpHeaders, kind: ClientHint['kind'], what: string, more: Partial<ClientHint>): void {
    const name = clientName(headers);
    const id = `${kind} ${name} ${what}`;
    const before = this.#hints.get(id);
    this.#hints.delete(id);
    this.#hints.set(id, {
      kind,
      name,
      client: clientCalled(name)?.id ?? null,
      count: (before?.count ?? 0) + 1,
      at: this.#options.clock(),
      ending: null,
      sent: true,
      model: null,
      near: null,
      ...more,
    });
    for (const oldest of this.#hints.keys()) {
      if (this.#hints.size <= mostHints) break;
      this.#hints.delete(oldest);
    }
    this.#tell();
  }

  #tell(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#options.changed(this.get());
    }, tellMs).unref();
  }
}

/** A key that was made for a client bears its name. */
const keyOwner = (key: string | null) => catalog.find(({ id }) => key !== null && clients[id].name === key);

function speedOf({ usage, firstToken, lastToken }: Exchange): number | null {
  const tokens = usage?.outputTokens ?? null;
  if (tokens === null || tokens < 2 || firstToken === null || lastToken === null || lastToken <= firstToken)
    return null;
  return ((tokens - 1) * 1_000) / (lastToken - firstToken);
}

/** What a case has at hand: the product, hostile services, clients, and the rows of Logs. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Exchange } from '../../../shared/exchange.ts';
import { Token } from '../../../shared/token.ts';
import type { Product } from '../../api/product.ts';
import { Faultd, type FaultdOptions } from './faultd.ts';
import type { Script } from './scripts.ts';
import { type DialectName, speechOf, Talk } from './talk.ts';

/** A service that was added to the product for one case. */
export interface Service {
  /** The provider's id. */
  readonly id: string;
  /** The name clients ask for. */
  readonly model: string;
  readonly keys: readonly string[];
  readonly faultd: Faultd;
}

export interface ServiceOptions {
  readonly kind?: 'openai-compatible' | 'anthropic-compatible';
  readonly faultd?: Faultd;
  /** Where the product thinks the service is; `/v1` of faultd without. */
  readonly baseUrl?: string;
  readonly prefix?: string;
  /** How its keys begin, where they are not to look like keys. */
  readonly keys?: string;
}

export interface Asked {
  readonly dialect?: DialectName;
  readonly stream?: boolean;
  /** Put into the body beside what is needed. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** Beside those that are needed; an undefined one is left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** What the user says. */
  readonly prompt?: string;
}

/** Post-conditions a case cannot keep, each with the reason. */
export interface Allowance {
  /** PC1, PC3: what is still running on purpose. */
  readonly running?: string;
  /** PC2: why there are requests without a row. */
  readonly rowless?: string;
  /** PC4: why the event loop may be held up. */
  readonly busy?: string;
}

const Added = z.object({ id: z.string() });
let serial = 0;

export class Case {
  readonly product: Product;
  /** The service of cases that need no other. */
  readonly faultd: Faultd;
  readonly talks: Talk[] = [];
  readonly services: Service[] = [];
  /** Ids of the rows there were before. */
  readonly before = new Set<string>();
  allowance: Allowance = {};
  readonly #more: Faultd[] = [];
  /** This process is held up as the product is when the machine is busy: no limit of time is judged without it. */
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });

  constructor(product: Product, faultd: Faultd) {
    this.product = product;
    this.faultd = faultd;
    this.#delay.enable();
  }

  /** All services, the default one included. */
  get faultds(): readonly Faultd[] {
    return [this.faultd, ...this.#more];
  }

  /** Milliseconds by which this machine has been late at worst. */
  get lag(): number {
    return this.#delay.max / 1e6;
  }

  /** Fails when something took longer than it may, with an allowance for a machine that is busy. */
  within(tookMs: number, mostMs: number, what: string): void {
    const most = mostMs + 3 * this.lag + 250;
    assert.ok(tookMs <= most, `${what}: ${Math.round(tookMs)} ms, at most ${mostMs} (${Math.round(most)} here)`);
  }

  /** Another service. It is closed with the case. */
  async start(options: FaultdOptions = {}): Promise<Faultd> {
    const faultd = await Faultd.start(options);
    this.#more.push(faultd);
    return faultd;
  }

  /** Adds a provider with one token for each script, in this order. */
  async service(scripts: readonly (string | Script)[], options: ServiceOptions = {}): Promise<Service> {
    const { kind = 'openai-compatible', faultd = this.faultd } = options;
    const keys = scripts.map((script) => faultd.key(script, options.keys));
    const number = ++serial;
    const prefix = options.prefix ?? `f${number}/`;
    const baseUrl = options.baseUrl ?? (kind === 'openai-compatible' ? `${faultd.url}/v1` : faultd.url);
    const provider = { kind, name: `Fault ${number}`, baseUrl, prefix, models: ['faulty'] };
    const added = Added.parse(await this.product.call('provider.add', { provider, keys: null }));
    for (const text of keys)
      await this.product.call('tokens.add', { provider: added.id, text, check: false, trusting: true });
    const service = { id: added.id, model: `${prefix}faulty`, keys, faultd };
    this.services.push(service);
    await this.until('the model is offered', async () => {
      const models = z
        .array(z.object({ id: z.string() }))
        .parse(await this.product.call('models.list', { provider: added.id }));
      return models.some(({ id }) => id === service.model);
    });
    return service;
  }

  /** Sends a request of a client; its answer comes while the case goes on. */
  talk({ model }: Pick<Service, 'model'>, asked: Asked = {}): Talk {
    const { dialect = 'openai-chat', stream = true, more, headers = {} } = asked;
    const speech = speechOf(dialect);
    const prompt = asked.prompt ?? `CANARY-prompt-${randomUUID()}`;
    const body = { ...speech.body(prompt), model, stream, ...more };
    return this.raw(speech.path, JSON.stringify(body), headers, speech);
  }

  /** As `talk`, when the answer has come to its end. */
  ask(service: Pick<Service, 'model'>, asked: Asked = {}): Promise<Talk> {
    return this.talk(service, asked).done;
  }

  /** A body as it is. */
  raw(
    path: string,
    body: string | Uint8Array,
    headers: Readonly<Record<string, string | undefined>> = {},
    speech: Talk['speech'] = null,
  ): Talk {
    const talk = new Talk(this.product, path, speech, body, headers);
    this.talks.push(talk);
    return talk;
  }

  /** The row of Logs of a request that has ended. */
  row(talk: Talk): Promise<Exchange> {
    return this.product.row(talk.id);
  }

  /** The rows of this case, newest first. */
  async rows(): Promise<Exchange[]> {
    const all = z.array(Exchange).parse(await this.product.call('exchanges.list', { limit: 1000, before: null }));
    return all.filter(({ id }) => !this.before.has(id));
  }

  async tokens({ id }: Pick<Service, 'id'>): Promise<Token[]> {
    return z.array(Token).parse(await this.product.call('tokens.list', { provider: id }));
  }

  /** Waits until something has come about. The most is for a machine that is busy, not a limit that is tested. */
  async until(what: string, holds: () => boolean | Promise<boolean>, mostMs = 30_000): Promise<void> {
    for (const deadline = Date.now() + mostMs; Date.now() < deadline; await sleep(20)) if (await holds()) return;
    assert.fail(`did not come about in ${mostMs} ms: ${what}`);
  }

  /** Says that a post-condition cannot hold, and why. */
  allow(allowance: Allowance): void {
    this.allowance = { ...this.allowance, ...allowance };
  }

  /** Leaves the product as it was. */
  async clean(): Promise<void> {
    this.#delay.disable();
    for (const talk of this.talks) if (talk.end === 'open') talk.leave();
    if (this.product.running)
      for (const { id } of this.services) await this.product.tried('provider.remove', { provider: id });
    await Promise.all(this.#more.map((faultd) => faultd.close().catch(() => {})));
  }
}

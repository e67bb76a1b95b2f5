import type { Notice } from '../../../../shared/notice.ts';
import { ChatError } from '../../chat/errors.ts';
import type { NetworkResponse } from '../../network/network.ts';
import { poured } from '../pour.ts';
import type { ChatEvents, ProviderCall, ProviderContext, TakeEvents } from '../provider.ts';
import { failureOf, type Failure, type Repair } from './errors.ts';
import type { FrontendVersion } from './frontend-version.ts';
import type { Caller } from './options.ts';
import { prepare, signed, type Parts, type Plan } from './request.ts';
import type { ServerClock } from './server-clock.ts';
import { ZaiParser } from './stream/parser.ts';
import { readAnswer } from '../wire/shared/answer.ts';
import { abortable } from '../wire/shared/transport.ts';
import type { Wish } from './wish.ts';

export interface Site extends Parts {
  readonly context: ProviderContext;
  readonly version: FrontendVersion;
  readonly time: ServerClock;
}

const repairs: Readonly<Record<Repair, Notice>> = {
  version: { code: 'asked_again_version', provider: 'zai' },
  signature: { code: 'asked_again_signature', provider: 'zai' },
  chat: { code: 'asked_again_chat', provider: 'zai' },
};

/** An event stream, or something that does not say what it is. */
const isStream = (type = ''): boolean => !/json|html|xml/i.test(type);

/**
 * One answer: the request, at most one repair of it, and the events. A repair answers what the site says about the
 * client and never about the account: an outdated version, a clock that is off, a chat it does not know.
 */
export class Completion {
  readonly #site: Site;
  readonly #call: ProviderCall;
  readonly #caller: Caller;
  readonly #wish: Wish;
  /** Chats created for this answer. */
  readonly #chats: string[] = [];
  #plan: Plan | undefined;
  #stored: boolean;
  #version = '';
  #date: string | undefined;
  #repaired = false;

  constructor(site: Site, call: ProviderCall, caller: Caller, wish: Wish) {
    this.#site = site;
    this.#call = call;
    this.#caller = caller;
    this.#wish = wish;
    this.#stored = wish.model.storedChat;
  }

  /** The reply whose body is the answer. Throws ChatError, with nothing left behind. */
  async open(): Promise<NetworkResponse> {
    try {
      for (;;) {
        const sent = await this.#send();
        if (!('error' in sent)) return sent;
        if (!(await this.#repair(sent))) throw sent.error;
      }
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  /** The events of the answer. What breaks the pouring off closes the upstream. */
  events(first: NetworkResponse): ChatEvents {
    return poured((take) => this.#pour(first, take));
  }

  async #pour(first: NetworkResponse, take: TakeEvents): Promise<void> {
    let response = first;
    let complete = false;
    let shown = false;
    const show: TakeEvents = (events) => {
      shown = true;
      return take(events);
    };
    try {
      for (;;) {
        const parser = this.#parser();
        const error = await readAnswer(response, parser, show, this.#call.signal);
        complete = !error;
        if (complete) return;
        if (shown || !parser.failure || !(await this.#repair(parser.failure))) throw error;
        response.close();
        response = await this.open();
      }
    } finally {
      if (complete) response.drain();
      else response.close();
      this.#forget();
    }
  }

  async #send(): Promise<NetworkResponse | Failure> {
    const { setup, context, version, time } = this.#site;
    const { signal, trace } = this.#call;
    this.#version = await abortable(version.current(), signal);
    this.#plan ??= await this.#prepare();
    const request = signed(setup, this.#plan, this.#caller, time.now(), this.#version);
    const response = await context.network.request({
      ...request,
      method: 'POST',
      signal,
      streams: true,
      onConnected: () => trace.mark('connected'),
    });
    trace.mark('headers');
    this.#date = response.headers['date'];
    if (response.status === 200 && isStream(response.headers['content-type'])) return response;
    const failure = await failureOf(response, setup.clock(), this.#caller.token);
    const meaningless =
      response.status === 200 && failure.error.code === 'upstream_error' && failure.error.upstream?.code === undefined;
    if (!meaningless) return failure;
    return { error: new ChatError('upstream_protocol', 'Z.AI sent something else than an answer.'), repair: undefined };
  }

  async #prepare(): Promise<Plan> {
    const plan = await prepare(this.#site, this.#caller, this.#wish, this.#stored, this.#site.time.now());
    if (plan.stored) this.#chats.push(plan.chatId);
    return plan;
  }

  /** Puts right what the site complained about, once per answer; false when there is nothing to put right. */
  async #repair({ repair }: Failure): Promise<boolean> {
    if (this.#repaired || !repair) return false;
    this.#repaired = true;
    this.#call.trace.warn(repairs[repair]);
    if (repair === 'version') await abortable(this.#site.version.renew(this.#version), this.#call.signal);
    if (repair === 'signature') this.#site.time.learn(this.#date);
    if (repair === 'chat') {
      this.#plan = undefined;
      this.#stored = true;
    }
    return true;
  }

  #parser(): ZaiParser {
    const { setup } = this.#site;
    const { delivery, trace } = this.#call;
    return new ZaiParser({
      tools: this.#wish.callable,
      delivery,
      newId: () => `call_${setup.uuid().replaceAll('-', '').slice(0, 24)}`,
      now: setup.clock,
      warn: (notice) => trace.warn(notice),
      secret: this.#caller.token,
    });
  }

  #forget(): void {
    const { chats, setup } = this.#site;
    for (const id of this.#chats.splice(0)) if (setup.deleteChats) chats.deleteLater(id, this.#caller.token);
  }
}

import { createHash } from 'node:crypto';
import { ChatError, toChatError } from '../../chat/errors.ts';
import type { ProviderContext } from '../provider.ts';
import { isRecord, parseJson, recordIn, textIn } from '../wire/shared/json.ts';
import { abortable, cancelled, textOfReply } from '../wire/shared/transport.ts';
import { Background } from '../wire/web/background.ts';
import { classify, failureOf } from './errors.ts';
import { Leftovers } from './leftovers.ts';
import type { Generation, Setup } from './options.ts';
import { deletedSession, newSession } from './request.ts';

const createTimeoutMs = 30_000;
const deleteTimeoutMs = 10_000;
/** How long a session may still be named to us after the client has left, so that it can be deleted. */
const graceMs = 900;
/** Waiting longer than this for another session is for the pool to decide. */
const longestBackoffMs = 2_000;

/** Names an account without telling its token. */
const accountOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 16);

/** The sessions that answers are given in: made for one answer, deleted after it (README: Sessions). */
export class Sessions {
  readonly #context: ProviderContext;
  readonly #setup: Setup;
  readonly #background = new Background();
  readonly #leftovers: Leftovers;
  /** By account, when its next session may be asked for. */
  readonly #next = new Map<string, number>();

  constructor(context: ProviderContext, setup: Setup) {
    this.#context = context;
    this.#setup = setup;
    this.#leftovers = new Leftovers(context.memory);
  }

  /** The id of a new session. Throws ChatError. What is made for a client that has left is deleted. */
  async create(token: string, generation: Generation, signal: AbortSignal): Promise<string> {
    if (signal.aborted) throw cancelled();
    const grace = new AbortController();
    const leave = (): void => void setTimeout(() => grace.abort(), graceMs).unref();
    signal.addEventListener('abort', leave, { once: true });
    const work = this.#tried(token, generation, signal, grace.signal);
    try {
      return await abortable(work, signal);
    } catch (error) {
      if (signal.aborted)
        work.then(
          (id) => this.forget(id, token),
          () => {},
        );
      throw error;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** Deletes a session some time soon. */
  forget(id: string, token: string): void {
    this.#background.add(() => this.#delete(id, token));
  }

  /** Deletes what an earlier run, or a failed attempt, has left of this account. */
  tidy(token: string): void {
    for (const id of this.#leftovers.take(accountOf(token))) this.forget(id, token);
  }

  async #tried(token: string, generation: Generation, signal: AbortSignal, grace: AbortSignal): Promise<string> {
    const { backoffMs, pause } = this.#setup;
    for (let turn = 0; ; turn += 1) {
      await this.#turn(accountOf(token), signal);
      try {
        const id = await this.#create(
          token,
          generation,
          AbortSignal.any([grace, AbortSignal.timeout(createTimeoutMs)]),
        );
        this.#leftovers.add(id, accountOf(token));
        return id;
      } catch (thrown) {
        const error = toChatError(thrown);
        const wait = backoffMs[turn];
        const again = error.code === 'upstream_rate_limited' && (error.retryAfterMs ?? 0) <= longestBackoffMs;
        if (wait === undefined || !again) throw error;
        await pause(wait, signal);
      }
    }
  }

  /** The site refuses sessions of one account that follow each other too fast. */
  async #turn(account: string, signal: AbortSignal): Promise<void> {
    const { clock, sessionGapMs, pause } = this.#setup;
    const now = clock();
    const at = Math.max(now, this.#next.get(account) ?? 0);
    this.#next.set(account, at + sessionGapMs);
    if (at > now) await pause(at - now, signal);
  }

  async #create(token: string, generation: Generation, signal: AbortSignal): Promise<string> {
    const { network } = this.#context;
    const { clock, baseUrl } = this.#setup;
    const response = await network.request({ ...newSession(this.#setup, token, generation), signal });
    if (response.status !== 200) throw await failureOf(response, clock(), token);
    const body = await textOfReply(response, baseUrl);
    const reply = parseJson(body);
    const id = isRecord(reply) && reply['code'] === 0 ? textIn(recordIn(reply, 'data'), 'conversationId') : undefined;
    if (id && /^[\w-]{1,100}$/.test(id)) return id;
    if (!body.startsWith('<') && (!isRecord(reply) || reply['code'] === 0))
      throw new ChatError('upstream_protocol', 'LongCat did not name the session it made.');
    throw classify({ status: 200, headers: response.headers, body, now: clock(), secret: token });
  }

  /** What cannot be deleted now is tried again with the account's next answer, also after a restart. */
  async #delete(id: string, token: string): Promise<void> {
    const { network, log } = this.#context;
    try {
      const signal = AbortSignal.timeout(deleteTimeoutMs);
      const response = await network.request({ ...deletedSession(this.#setup, token, id), signal });
      const reply = parseJson(await response.text());
      // One that is not there needs no deleting either.
      const done = response.status === 200 && isRecord(reply) && (reply['code'] === 0 || reply['code'] === 404);
      if (!done) log.debug({ status: response.status }, 'a session could not be deleted');
      this.#leftovers.settle(id, done);
    } catch (error) {
      log.debug({ err: error }, 'a session could not be deleted');
      this.#leftovers.settle(id, false);
    }
  }
}

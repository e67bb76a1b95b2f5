import { ChatError } from '../../chat/errors.ts';
import type { ProviderContext } from '../provider.ts';
import { failureOf } from './errors.ts';
import { plainHeaders } from './headers.ts';
import { idIn } from '../wire/web/identity.ts';
import { Background } from '../wire/web/background.ts';
import { isRecord, parseJson, recordIn } from '../wire/shared/json.ts';
import type { Caller, Setup } from './options.ts';
import { textOfReply } from '../wire/shared/transport.ts';

const deleteTimeoutMs = 10_000;

/** Chats stored on the site: some models answer only inside one (README: Stored chats). */
export class Chats {
  readonly #context: ProviderContext;
  readonly #setup: Setup;
  readonly #background = new Background();

  constructor(context: ProviderContext, setup: Setup) {
    this.#context = context;
    this.#setup = setup;
  }

  /** The id of a new chat. */
  async create(chat: unknown, { token, signal }: Caller): Promise<string> {
    const response = await this.#context.network.request({
      url: `${this.#setup.baseUrl}/api/v1/chats/new`,
      method: 'POST',
      headers: plainHeaders(this.#setup, token),
      body: JSON.stringify({ chat }),
      signal,
    });
    if (response.status !== 200) throw (await failureOf(response, this.#setup.clock(), token)).error;
    const text = await textOfReply(response, this.#setup.baseUrl, 1 << 20);
    const reply = parseJson(text);
    const id = isRecord(reply) ? (idIn(reply, ['id']) ?? idIn(recordIn(reply, 'chat'), ['id'])) : undefined;
    if (id && /^[\w-]{1,100}$/.test(id)) return id;
    throw text.trimStart().startsWith('<')
      ? new ChatError('upstream_blocked', 'Z.AI sent a web page instead of creating a chat.')
      : new ChatError('upstream_protocol', 'Z.AI did not name the chat it created.');
  }

  /** Deletes one chat some time soon; a leftover chat does no harm. */
  deleteLater(id: string, token: string): void {
    this.#background.add(() => this.#delete(`/api/v1/chats/${id}`, token, AbortSignal.timeout(deleteTimeoutMs)));
  }

  /** Deletes every chat of an identity: for guests, whose chats are all ours. */
  deleteAll(token: string, signal: AbortSignal): Promise<void> {
    return this.#delete('/api/v1/chats/', token, AbortSignal.any([signal, AbortSignal.timeout(deleteTimeoutMs)]));
  }

  async #delete(path: string, token: string, signal: AbortSignal): Promise<void> {
    const { baseUrl } = this.#setup;
    try {
      const headers = plainHeaders(this.#setup, token);
      const response = await this.#context.network.request({
        url: `${baseUrl}${path}`,
        method: 'DELETE',
        headers,
        signal,
      });
      await response.text();
      if (response.status !== 200) this.#context.log.debug({ status: response.status }, 'a chat could not be deleted');
    } catch (error) {
      this.#context.log.debug({ err: error }, 'a chat could not be deleted');
    }
  }
}

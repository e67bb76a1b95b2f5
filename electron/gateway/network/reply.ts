import { pipeline, type Readable, type Transform } from 'node:stream';
import { ChatError } from '../chat/errors.ts';
import { decoderFor, streamOf } from './body.ts';
import { cancelled, toBodyError } from './errors.ts';
import type { Headers, Incoming } from './incoming.ts';
import type { NetworkResponse, TakeBytes } from './network.ts';

const leftoverBytes = 64 * 1024;
const leftoverMs = 1_000;
/** No answer comes near this; one that passes it does not mean to end. */
const longestBody = 100 << 20;

/** A name that came several times holds an array. */
function flatten(headers: Headers): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  return flat;
}

/** The answer to one request on undici. */
export class Reply implements NetworkResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly #incoming: Incoming;
  readonly #host: string;
  readonly #decoder: Transform | undefined;
  /** A content coding that nobody here can undo. */
  readonly #unknown: string | undefined;
  #body: Readable | undefined;

  constructor(incoming: Incoming, host: string, status: number, headers: Headers) {
    const cookies = headers['set-cookie'] ?? [];
    this.#incoming = incoming;
    this.#host = host;
    this.status = status;
    this.headers = flatten(headers);
    const coding = this.headers['content-encoding'];
    this.#decoder = decoderFor(coding);
    this.#unknown = this.#decoder || /^\s*(identity)?\s*$/i.test(coding ?? '') ? undefined : coding;
    this.cookies = Array.isArray(cookies) ? cookies : [cookies];
  }

  async read(take: TakeBytes): Promise<ChatError | null> {
    if (this.#unknown !== undefined) {
      this.close();
      return new ChatError('upstream_protocol', `${this.#host} sent a body in a coding that was not asked for.`);
    }
    let size = 0;
    const counted: TakeBytes = (bytes) => {
      size += bytes.length;
      if (size > longestBody)
        throw new ChatError('upstream_protocol', `${this.#host} sent more than ${longestBody >> 20} MB.`);
      return take(bytes);
    };
    if (this.#decoder) return this.#readDecoded(counted);
    const { error } = await this.#incoming.pour(counted);
    return error === undefined ? null : toBodyError(error, this.#host);
  }

  async text(limit = 65_536): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const error = await this.read((bytes) => {
      chunks.push(bytes);
      size += bytes.length;
      return size >= limit;
    });
    if (error) throw error;
    this.close();
    return Buffer.concat(chunks).subarray(0, limit).toString('utf8');
  }

  get body(): Readable {
    this.#body ??= this.#stream();
    return this.#body;
  }

  drain(): void {
    if (this.#incoming.over) return;
    const timer = setTimeout(() => this.close(), leftoverMs).unref();
    let left = leftoverBytes;
    const count = (bytes: Uint8Array) => {
      left -= bytes.length;
      if (left < 0) this.close();
      return false;
    };
    if (this.#body)
      this.#body
        .on('error', () => {})
        .on('close', () => clearTimeout(timer))
        .on('data', count);
    else void this.#incoming.pour(count).finally(() => clearTimeout(timer));
  }

  close(): void {
    this.#incoming.abort(cancelled());
  }

  #stream(): Readable {
    const raw = streamOf(
      (take) => this.#incoming.pour(take),
      () => this.close(),
    );
    // The pipeline's own callback has nothing to add: an error reaches the reader through the decoder.
    return this.#decoder ? pipeline(raw, this.#decoder, () => {}) : raw;
  }

  /** A decoder of zlib is a stream whatever is done, so this way has a promise for each chunk. */
  async #readDecoded(take: TakeBytes): Promise<ChatError | null> {
    // Whoever has stopped reading does not hear of what breaks later.
    const chunks: AsyncIterator<Uint8Array> = this.body.on('error', () => {}).iterator({ destroyOnReturn: false });
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await chunks.next();
      } catch (error) {
        return toBodyError(error, this.#host);
      }
      if (next.done) return null;
      try {
        if (await take(next.value)) return null;
      } catch (error) {
        this.close();
        throw error;
      }
    }
  }
}

/** A client of the gateway that sees each byte as it comes, can leave at any time, and forgives nothing. */
import assert from 'node:assert/strict';
import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { dialects, type Speech } from '../../api/dialects.ts';
import type { Product } from '../../api/product.ts';

export type DialectName = Speech['name'];

export function speechOf(name: DialectName): Speech {
  const speech = dialects.find((one) => one.name === name);
  assert.ok(speech);
  return speech;
}

interface Piece {
  readonly choices?: readonly {
    readonly delta?: { content?: string | null };
    readonly message?: { content?: string | null };
  }[];
  readonly content?: readonly { readonly text?: string }[];
  readonly output?: readonly { readonly content?: readonly { readonly text?: string }[] }[];
  readonly type?: string;
  readonly delta?: string | { readonly text?: string };
  readonly error?: { readonly code?: string; readonly type?: string } | null;
  readonly response?: { readonly error?: { readonly code?: string; readonly type?: string } | null };
}

/** What a piece of an answer adds to its text, in whichever dialect. */
function textOf({ choices, content, output, type, delta }: Piece): string {
  if (choices) return choices.map((choice) => choice.delta?.content ?? choice.message?.content ?? '').join('');
  if (content) return content.map(({ text = '' }) => text).join('');
  if (output) return output.flatMap((item) => item.content?.map(({ text = '' }) => text) ?? []).join('');
  if (type === 'response.output_text.delta') return typeof delta === 'string' ? delta : '';
  return typeof delta === 'object' ? (delta.text ?? '') : '';
}

const endMark = /^data: (?:\[DONE\]|\{"type": ?"(?:message_stop|response\.completed)")/m;

/** One request and what has come back of it so far. */
export class Talk {
  readonly speech: Speech | null;
  readonly begun = performance.now();
  status = 0;
  headers: IncomingHttpHeaders = {};
  /** As it was on the wire. */
  text = '';
  /** How it ended: `cut` when the connection broke, `left` when this client went. */
  end: 'open' | 'complete' | 'cut' | 'left' = 'open';
  endedAt = 0;
  readonly done: Promise<this>;
  readonly #outgoing: ClientRequest;
  #incoming: IncomingMessage | null = null;
  readonly #wake = new Set<() => void>();
  #finish: () => void = () => {};

  constructor(
    product: Product,
    path: string,
    speech: Speech | null,
    body: string | Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
  ) {
    this.speech = speech;
    const { hostname, port } = new URL(product.url);
    this.done = new Promise((resolve) => (this.#finish = () => resolve(this)));
    const all: Record<string, string | undefined> = {
      authorization: `Bearer ${product.key}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    };
    // What is undefined is not sent.
    for (const name of Object.keys(all)) if (all[name] === undefined) delete all[name];
    this.#outgoing = request({ hostname, port, method: 'POST', path, headers: all, agent: false }, (incoming) => {
      this.#incoming = incoming;
      this.status = incoming.statusCode ?? 0;
      this.headers = incoming.headers;
      incoming.setEncoding('utf8').on('data', (text: string) => {
        this.text += text;
        this.#tell();
      });
      incoming.on('end', () => this.#close('complete'));
      incoming.on('error', () => this.#close('cut'));
      this.#tell();
    });
    this.#outgoing.on('error', () => this.#close('cut'));
    this.#outgoing.end(body);
  }

  get id(): string {
    return String(this.headers['x-request-id'] ?? '');
  }

  /** The pieces of the answer as JSON. */
  get pieces(): Piece[] {
    if (!/event-stream/.test(this.headers['content-type'] ?? ''))
      return this.text === '' ? [] : [JSON.parse(this.text) as Piece];
    return this.text
      .split('\n')
      .filter((line) => line.startsWith('data: {'))
      .flatMap((line) => {
        try {
          return [JSON.parse(line.slice(6)) as Piece];
        } catch {
          return [];
        }
      });
  }

  /** The text of the answer so far. */
  get said(): string {
    return this.pieces.map(textOf).join('');
  }

  /** The code of the error it ended with (Anthropic: its type), of a body or a frame. */
  get error(): string | undefined {
    const failed = this.pieces.map(({ error, response }) => error ?? response?.error).findLast((error) => error);
    return failed?.code ?? failed?.type;
  }

  /** Whether the mark of a good end was sent. */
  get marked(): boolean {
    return endMark.test(this.text);
  }

  /** Comments and pings that were sent while nothing came. */
  get keepAlives(): number {
    return this.text.split('\n\n').filter((frame) => /^(?:: keep-alive|event: ping\n.*)$/.test(frame)).length;
  }

  /** Resolves when the wire shows what is looked for; rejects when the answer ends without it. */
  async until(holds: (talk: this) => boolean): Promise<void> {
    while (!holds(this)) {
      assert.equal(this.end, 'open', `the answer ended without it: ${this.status} ${this.text.slice(-300)}`);
      await new Promise<void>((resolve) => this.#wake.add(resolve));
    }
  }

  /** Goes without a word, as a client does that is closed. */
  leave(): void {
    this.#close('left');
    this.#outgoing.destroy();
    this.#incoming?.destroy();
  }

  #tell(): void {
    const waiting = [...this.#wake];
    this.#wake.clear();
    for (const wake of waiting) wake();
  }

  #close(end: 'complete' | 'cut' | 'left'): void {
    if (this.end !== 'open') return;
    this.end = end;
    this.endedAt = performance.now();
    this.#tell();
    this.#finish();
  }
}

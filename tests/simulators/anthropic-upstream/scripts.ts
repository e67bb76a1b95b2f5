import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Wire } from '../zai/wire.ts';
import * as frames from './frames.ts';
import { signaturePrefix } from './rules.ts';

/** One request that passed the gates. */
export interface Turn {
  readonly model: string;
  readonly prompt: string;
  readonly stream: boolean;
  readonly thinking: boolean;
  readonly body: frames.Data;
  readonly response: ServerResponse;
}

/** What becomes of a request. It must end, reset or deliberately leave the response open. */
export type Script = (turn: Turn) => Promise<void> | void;

export interface AnswerOptions {
  /** Blocks of the reply, as they would stand in its content. */
  readonly content?: readonly frames.Data[];
  readonly stopReason?: string;
  readonly usage?: frames.Data;
  /** More frames, put behind `message_start`. */
  readonly extra?: readonly string[];
  readonly brotli?: boolean;
  /** Answers in JSON or as a stream, whatever was asked for. */
  readonly always?: 'json' | 'stream';
  /** Bytes of each write; whole frames without. */
  readonly slice?: number;
}

export const signature = `${signaturePrefix}1`;

function contentOf(turn: Turn, { content }: AnswerOptions): readonly frames.Data[] {
  if (content) return content;
  const thought = { type: 'thinking', thinking: 'The user wrote something. I repeat it.', signature };
  return [...(turn.thinking ? [thought] : []), { type: 'text', text: `You said: ${turn.prompt}` }];
}

function reasonOf(content: readonly frames.Data[], { stopReason }: AnswerOptions): string {
  return stopReason ?? (content.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn');
}

function streamFrames(turn: Turn, options: AnswerOptions): string[] {
  const content = contentOf(turn, options);
  const usage = options.usage ?? { input_tokens: 11, cache_read_input_tokens: 4, cache_creation_input_tokens: 2 };
  return [
    frames.messageStart(turn.model, { ...usage, output_tokens: 1 }),
    ...(options.extra ?? []),
    frames.ping(),
    ...content.flatMap((block, index) => frames.blockFrames(index, block)),
    frames.messageDelta(reasonOf(content, options), { output_tokens: 23 }),
    frames.messageStop(),
  ];
}

function reply(turn: Turn, options: AnswerOptions): frames.Data {
  const content = contentOf(turn, options);
  return {
    id: 'msg_simulated',
    type: 'message',
    role: 'assistant',
    model: turn.model,
    content,
    stop_reason: reasonOf(content, options),
    stop_sequence: null,
    usage: { ...(options.usage ?? { input_tokens: 11, cache_read_input_tokens: 4 }), output_tokens: 23 },
    unknown_field: { kept: true },
  };
}

async function play(wire: Wire, pieces: Iterable<string | Uint8Array>): Promise<boolean> {
  for (const piece of pieces) if (!(await wire.send(piece))) return false;
  return true;
}

function* sliced(texts: readonly string[], size: number): Generator<Uint8Array> {
  const bytes = Buffer.from(texts.join(''));
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A small answer, streamed or whole as it was asked for. */
export function answer(options: AnswerOptions = {}): Script {
  return async (turn) => {
    const { always, slice, brotli = false } = options;
    if (always ? always === 'json' : !turn.stream) return status(200, reply(turn, options))(turn);
    const wire = new Wire(turn.response, { brotli });
    const all = streamFrames(turn, options);
    if (await play(wire, slice === undefined ? all : sliced(all, slice))) wire.end();
  };
}

/** A fixed reply; an object goes out as JSON, a text that begins with `<` as a page. */
export function status(code: number, body: unknown = '', headers: Readonly<Record<string, string>> = {}): Script {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = text.startsWith('<') ? 'text/html; charset=utf-8' : 'application/json';
  return ({ response }) => {
    response.writeHead(code, { 'content-type': type, ...headers }).end(text);
  };
}

/** An error in the API's envelope. */
export const refused = (code: number, type: string, message: string, headers: Readonly<Record<string, string>> = {}) =>
  status(code, { type: 'error', error: { type, message }, request_id: 'req_simulated' }, headers);

/** Exactly these frames, then the end. */
export function raw(...texts: readonly string[]): Script {
  return async ({ response }) => {
    const wire = new Wire(response);
    if (await play(wire, texts)) wire.end();
  };
}

function partly(count: number, finish: (wire: Wire) => void): Script {
  return async (turn) => {
    const wire = new Wire(turn.response);
    const start = [
      frames.messageStart(turn.model, { input_tokens: 3 }),
      frames.blockStart(0, { type: 'text', text: '' }),
    ];
    const deltas = Array.from({ length: count }, (_, at) =>
      frames.blockDelta(0, { type: 'text_delta', text: `part ${at} ` }),
    );
    if (!(await play(wire, [...start, ...deltas]))) return;
    await wait(20); // lets the last bytes leave before the connection breaks
    finish(wire);
  };
}

/** Connection reset after n deltas. */
export const cut = (count: number): Script => partly(count, (wire) => wire.reset());

/** Clean end after n deltas, without a reason. */
export const fin = (count: number): Script => partly(count, (wire) => wire.end());

/** An error inside the stream after n deltas. */
export const failing = (count: number, type: string, message: string): Script =>
  partly(count, (wire) => void wire.send(frames.errorFrame(type, message)).then(() => wire.end()));

/** Never answers, or stops after the first deltas; ends only when the client leaves. */
export const hang = (where: 'headers' | 'body'): Script => (where === 'headers' ? () => {} : partly(2, () => {}));

/** One data line of so many bytes that never ends. */
export function endlessLine(bytes: number): Script {
  const piece = Buffer.alloc(64 * 1024, 'x');
  return async ({ response }) => {
    const wire = new Wire(response);
    await wire.send('data: ');
    for (let sent = 0; sent < bytes; sent += piece.length) if (!(await wire.send(piece))) return;
    wire.end();
  };
}

/** The scripts one after another; the last one stays. */
export function seq(...scripts: readonly Script[]): Script {
  let next = 0;
  return (turn) => {
    const script = scripts[Math.min(next, scripts.length - 1)] ?? answer();
    next += 1;
    return script(turn);
  };
}

import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Wire } from '../zai/wire.ts';
import * as frames from './frames.ts';

/** One request that passed the gates. */
export interface Turn {
  readonly model: string;
  readonly prompt: string;
  readonly stream: boolean;
  /** `stream_options.include_usage`. */
  readonly usage: boolean;
  readonly body: frames.Data;
  readonly response: ServerResponse;
}

/** What becomes of a request. It must end, reset or deliberately leave the response open. */
export type Script = (turn: Turn) => Promise<void> | void;

export interface AnswerOptions {
  readonly text?: string;
  readonly reasoning?: string;
  /** The field reasoning stands in. */
  readonly reasoningField?: string;
  readonly calls?: readonly frames.Call[];
  readonly finish?: string;
  readonly usage?: frames.Data;
  /** Put into every chunk beside what is known, and into the reply. */
  readonly more?: frames.Data;
  /** Answers in JSON or as a stream, whatever was asked for. */
  readonly always?: 'json' | 'stream';
  /** Bytes of each write; whole frames without. */
  readonly slice?: number;
  /** Milliseconds between frames. */
  readonly every?: number;
  readonly brotli?: boolean;
}

const defaultUsage = {
  prompt_tokens: 11,
  completion_tokens: 23,
  total_tokens: 34,
  prompt_tokens_details: { cached_tokens: 4 },
  completion_tokens_details: { reasoning_tokens: 5 },
};

const textOf = (turn: Turn, { text, calls }: AnswerOptions): string =>
  text ?? (calls ? '' : `You said: ${turn.prompt}`);
const finishOf = ({ finish, calls }: AnswerOptions): string => finish ?? (calls ? 'tool_calls' : 'stop');

function streamFrames(turn: Turn, options: AnswerOptions): string[] {
  const { model } = turn;
  const { reasoning = '', reasoningField = 'reasoning_content', calls = [], more = {} } = options;
  const deltas: frames.Data[] = [
    { role: 'assistant', content: '' },
    ...frames.pieces(reasoning).map((piece) => ({ [reasoningField]: piece })),
    ...frames.pieces(textOf(turn, options)).map((piece) => ({ content: piece })),
    ...calls.flatMap(frames.callDeltas),
  ];
  return [
    ...deltas.map((delta) => frames.chunk(model, delta, null, more)),
    frames.chunk(model, {}, finishOf(options), more),
    ...(turn.usage ? [frames.usageChunk(model, options.usage ?? defaultUsage)] : []),
    frames.done,
  ];
}

function reply(turn: Turn, options: AnswerOptions): frames.Data {
  const { reasoning, reasoningField = 'reasoning_content', calls } = options;
  const message = {
    role: 'assistant',
    content: textOf(turn, options),
    ...(reasoning !== undefined && { [reasoningField]: reasoning }),
    ...(calls && {
      tool_calls: calls.map(({ id, ...body }) => ({ id, type: 'function', function: body })),
    }),
  };
  return {
    id: 'chatcmpl-simulated',
    object: 'chat.completion',
    created: 1_763_640_000,
    model: turn.model,
    choices: [{ index: 0, message, finish_reason: finishOf(options) }],
    usage: options.usage ?? defaultUsage,
    ...options.more,
  };
}

async function play(wire: Wire, all: Iterable<string | Uint8Array>, every = 0): Promise<boolean> {
  for (const piece of all) {
    if (!(await wire.send(piece))) return false;
    if (every > 0) await wait(every);
  }
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
    if (await play(wire, slice === undefined ? all : sliced(all, slice), options.every)) wire.end();
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

/** A refusal in OpenAI's form. */
export const refused = (code: number, word: string | null, message: string, type = 'invalid_request_error'): Script =>
  status(code, { error: { message, type, param: null, code: word } });

/** A stream of exactly this text, then a clean end. */
export const raw =
  (...texts: readonly string[]): Script =>
  async ({ response }) => {
    const wire = new Wire(response);
    if (await play(wire, texts)) wire.end();
  };

function partly(count: number, finish: (wire: Wire) => void): Script {
  return async ({ model, response }) => {
    const wire = new Wire(response);
    if (count === 0) wire.open();
    const parts = Array.from({ length: count }, (_, place) => frames.chunk(model, { content: `part ${place} ` }));
    if (!(await play(wire, parts))) return;
    await wait(20); // lets the last bytes leave before the connection breaks
    finish(wire);
  };
}

/** Connection reset after n chunks. */
export const cut = (count: number): Script => partly(count, (wire) => wire.reset());

/** Clean end after n chunks, without a reason or `[DONE]`. */
export const fin = (count: number): Script => partly(count, (wire) => wire.end());

/** n chunks, then nothing more. */
export const stall = (count: number): Script => partly(count, () => {});

/** Connection reset before any byte of the reply. */
export const reset = (): Script => (turn) => {
  turn.response.socket?.resetAndDestroy();
};

/** Never answers; ends only when the client leaves. */
export const hang = (): Script => () => {};

/** One line of so many bytes that never ends. */
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
export function seq(...all: readonly Script[]): Script {
  let next = 0;
  return (turn) => {
    const script = all[Math.min(next, all.length - 1)] ?? answer();
    next += 1;
    return script(turn);
  };
}

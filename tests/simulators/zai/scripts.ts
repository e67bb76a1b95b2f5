import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import * as frames from './frames.ts';
import { slices, transcriptBytes, type TranscriptOptions } from './transcript.ts';
import { Wire } from './wire.ts';

/** One completion request that passed the gates. */
export interface Turn {
  readonly prompt: string;
  readonly model: string;
  readonly thinking: boolean;
  readonly search: boolean;
  readonly body: Readonly<Record<string, unknown>>;
  readonly response: ServerResponse;
}

/** What becomes of a completion. It must end, reset or deliberately leave the response open. */
export type Script = (turn: Turn) => Promise<void> | void;

export interface AnswerOptions {
  readonly text?: string;
  readonly thinking?: string;
  /** Milliseconds between frames. */
  readonly every?: number;
  readonly brotli?: boolean;
  /** Calls of the client's own tools, after the text. */
  readonly tools?: readonly frames.SimulatedCall[];
}

function answerFrames(turn: Turn, options: AnswerOptions): string[] {
  const text = options.text ?? (options.tools ? '' : `You said: ${turn.prompt.slice(0, 200)}`);
  const thought = options.thinking ?? (turn.thinking ? 'The user wrote something. I repeat it.' : '');
  return [
    ...frames.deltas(thought).map(frames.thinking),
    ...(turn.search ? frames.searchRun(turn.prompt.slice(0, 100)) : []),
    ...frames.deltas(text).map(frames.answerDelta),
    ...(turn.search ? [frames.answerDelta(' Found it【turn0search0】.')] : []),
    ...(options.tools ?? []).flatMap(frames.toolFragments),
    frames.usage(turn.prompt.length + 3, text.length + thought.length),
    frames.done(),
  ];
}

async function play(wire: Wire, pieces: Iterable<string | Uint8Array>, every = 0): Promise<boolean> {
  for (const piece of pieces) {
    if (!(await wire.send(piece))) return false;
    if (every > 0) await wait(every);
  }
  return true;
}

/** A small real answer: reasoning for thinking requests, a search with citations for search requests. */
export function answer(options: AnswerOptions = {}): Script {
  return async (turn) => {
    const wire = new Wire(turn.response, options.brotli ? { brotli: true } : {});
    if (await play(wire, answerFrames(turn, options), options.every)) wire.end();
  };
}

export const slow = (every: number): Script => answer({ every });

/** The model calls tools of the client. */
export const callTools = (...tools: frames.SimulatedCall[]): Script => answer({ tools });

export function transcript(name: string, options: TranscriptOptions = {}): Script {
  return async (turn) => {
    const wire = new Wire(turn.response, options.brotli ? { brotli: true } : {});
    if (await play(wire, slices(transcriptBytes(name, options), options.chunking))) wire.end();
  };
}

/** A fixed reply; an object body goes out as JSON, a string beginning with `<` as HTML. */
export function status(code: number, body: unknown = '', headers: Readonly<Record<string, string>> = {}): Script {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = text.startsWith('<') ? 'text/html; charset=utf-8' : 'application/json';
  return ({ response }) => {
    response.writeHead(code, { 'content-type': type, ...headers }).end(text);
  };
}

/** HTTP 200 and one error frame, as the site answers since 2026-05. */
export function inband(error: frames.Data): Script {
  return async ({ response }) => {
    const wire = new Wire(response);
    if (await wire.send(frames.inbandError(error))) wire.end();
  };
}

export const captcha = (type = 'missing_param'): Script =>
  inband({
    detail: 'Please refresh the page to update the app, then try again.',
    code: 'FRONTEND_CAPTCHA_REQUIRED',
    error_code: 'FRONTEND_CAPTCHA_REQUIRED',
    captcha_error_type: type,
  });

function partly(count: number, finish: (wire: Wire) => void): Script {
  return async (turn) => {
    const wire = new Wire(turn.response);
    const text = Array.from({ length: count + 3 }, (_, index) => `part ${index} `);
    if (count === 0) wire.open();
    if (await play(wire, text.slice(0, count).map(frames.answerDelta))) {
      await wait(20); // lets the last bytes leave before the connection breaks
      finish(wire);
    }
  };
}

/** Connection reset after n answer frames. */
export const cut = (count: number): Script => partly(count, (wire) => wire.reset());

/** Clean end after n answer frames, without `done`. */
export const fin = (count: number): Script => partly(count, (wire) => wire.end());

/** Connection reset before any byte of the reply. */
export const refuse = (): Script => (turn) => {
  turn.response.socket?.resetAndDestroy();
};

/** Never answers, or stops after the first frame; ends only when the client leaves. */
export function hang(where: 'headers' | 'body'): Script {
  return async (turn) => {
    if (where === 'body') await new Wire(turn.response).send(frames.answerDelta('Just a moment'));
  };
}

/** Waits before the whole reply. */
export function late(milliseconds: number, script: Script = answer()): Script {
  return async (turn) => {
    await wait(milliseconds);
    if (!turn.response.destroyed) await script(turn);
  };
}

/** An answer of so many bytes (`Infinity`: without end), written only as fast as it is read. */
export function big(bytes: number): Script {
  const piece = Buffer.from(frames.answerDelta('lorem ipsum '.repeat(80)).repeat(16));
  return async (turn) => {
    const wire = new Wire(turn.response);
    for (let sent = 0; sent < bytes; sent += piece.length) if (!(await wire.send(piece))) return;
    if (await play(wire, [frames.usage(1, bytes), frames.done()])) wire.end();
  };
}

/** One data line of so many bytes that never ends. */
export function endlessLine(bytes: number): Script {
  const piece = Buffer.alloc(64 * 1024, 'x');
  return async (turn) => {
    const wire = new Wire(turn.response);
    await wire.send('data: ');
    for (let sent = 0; sent < bytes; sent += piece.length) if (!(await wire.send(piece))) return;
    wire.end();
  };
}

/** The scripts one after another; the last one stays. */
export function seq(scripts: readonly Script[]): Script {
  let next = 0;
  return (turn) => {
    const script = scripts[Math.min(next, scripts.length - 1)] ?? answer();
    next += 1;
    return script(turn);
  };
}

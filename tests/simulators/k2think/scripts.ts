import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Wire } from '../zai/wire.ts';
import * as frames from './frames.ts';

/** One completion that passed the gates. */
export interface Turn {
  readonly prompt: string;
  readonly model: string;
  readonly guest: boolean;
  readonly body: frames.Data;
  readonly response: ServerResponse;
}

/** What becomes of a completion. It must end, reset or deliberately leave the response open. */
export type Script = (turn: Turn) => Promise<void> | void;

export interface AnswerOptions {
  readonly text?: string;
  readonly reasoning?: string;
  /** Default: what the model is known for. */
  readonly layout?: frames.Layout;
  /** Default: guests get repeating frames, accounts pieces. */
  readonly manner?: frames.Manner;
  /** Milliseconds between frames. */
  readonly every?: number;
  readonly brotli?: boolean;
}

async function play(wire: Wire, parts: Iterable<string | Uint8Array>, every = 0): Promise<boolean> {
  for (const part of parts) {
    if (!(await wire.send(part))) return false;
    if (every > 0) await wait(every);
  }
  return true;
}

/** A small real answer with its reasoning. */
export function answer(options: AnswerOptions = {}): Script {
  return async ({ prompt, model, guest, response }) => {
    const said = {
      reasoning: options.reasoning ?? 'The user wrote something.\nI repeat it.',
      text: options.text ?? `You said: ${prompt.slice(0, 200)}`,
    };
    const layout = options.layout ?? (model.endsWith('-v2') ? 'v2' : guest ? 'v1' : 'think');
    const manner = options.manner ?? (guest ? 'repeating' : 'pieces');
    const end = { done: true, usage: frames.usage(prompt.length, said.text.length + said.reasoning.length) };
    const last = manner === 'repeating' ? { ...end, content: frames.wholeText(said, layout) } : end;
    const wire = new Wire(response, { brotli: options.brotli ?? false });
    const parts = [...frames.answerFrames(said, layout, manner), frames.frame(last), frames.done];
    if (await play(wire, parts, options.every)) wire.end();
  };
}

export const slow = (every: number): Script => answer({ every });

/** A recorded answer by name, e.g. `05-no-tags`. */
export function transcript(name: string): Script {
  const file = new URL(`../../fixtures/k2think/transcripts/${name}.sse`, import.meta.url);
  return async ({ response }) => {
    const wire = new Wire(response);
    if (await play(wire, readFileSync(file, 'utf8').split(/(?<=\n\n)/))) wire.end();
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

export const limited = (seconds?: number): Script =>
  status(429, { detail: 'Rate limit exceeded' }, seconds === undefined ? {} : { 'retry-after': String(seconds) });

/** The page a guard in front of the site shows to what it takes for a program. */
export const guard = (): Script =>
  status(403, '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>challenge</body></html>', {
    'cf-mitigated': 'challenge',
  });

/** The site's own page instead of an answer, as for a session it no longer knows. */
export const page = (): Script => status(200, '<!doctype html><html><body><div id="app"></div></body></html>');

export const captcha = (): Script => status(403, { detail: 'Captcha verification required', code: 'captcha_required' });

function partly(count: number, finish: (wire: Wire) => void): Script {
  return async ({ response }) => {
    const wire = new Wire(response);
    if (count === 0) wire.open();
    const words = Array.from({ length: count }, (_, at) => `part ${at} `);
    const parts = words.map((_, at) => frames.frame({ content: `</think>${words.slice(0, at + 1).join('')}` }));
    if (!(await play(wire, parts))) return;
    await wait(20); // lets the last bytes leave before the connection breaks
    finish(wire);
  };
}

/** Connection reset after n frames of text. */
export const cut = (count: number): Script => partly(count, (wire) => wire.reset());

/** Clean end of the body after n frames, without any mark of the end. */
export const fin = (count: number): Script => partly(count, (wire) => wire.end());

/** n frames, then nothing more: the model thinks, or the site has forgotten the answer. */
export const stall = (count: number): Script => partly(count, () => {});

/** Never answers; ends only when the client leaves. */
export const hang = (): Script => () => {};

/** The scripts one after another; the last one stays. */
export function seq(...all: readonly Script[]): Script {
  let next = 0;
  return (turn) => {
    const script = all[Math.min(next, all.length - 1)] ?? answer();
    next += 1;
    return script(turn);
  };
}

/**
 * What becomes of one request at the hostile service. A script is a word, e.g. `cut:3` or `st:429;ra=7`; README.md lists them.
 */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { type Api, type Data, wires } from './wire.ts';

/** One request of the gateway, and what it has been sent. */
export interface Turn {
  readonly api: Api;
  readonly model: string;
  readonly stream: boolean;
  readonly body: Data;
  readonly response: ServerResponse;
  /** Stands in every delta of this attempt, so that a client's text tells which attempts it is made of. */
  readonly tag: string;
  /** The text of the deltas sent so far. */
  readonly deltas: string[];
}

/** It must end, break or deliberately leave the response open. */
export type Script = (turn: Turn) => Promise<void> | void;

const eventStream = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };
const page = `<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script>challenge()</script>Verify you are human</body></html>`;
const zero = (milliseconds: number): Promise<void> => sleep(milliseconds, undefined, { ref: false });

/** Writes, and waits while the gateway takes nothing. False when it has left. */
export async function write({ response }: Turn, bytes: string | Uint8Array): Promise<boolean> {
  if (response.destroyed) return false;
  if (!response.write(bytes)) {
    await new Promise<void>((resolve) => {
      const go = () => {
        response.off('drain', go).off('close', go);
        resolve();
      };
      response.on('drain', go).on('close', go);
    });
  }
  return !response.destroyed;
}

export const delta = (turn: Turn, text = `${turn.tag}.${turn.deltas.length} `): string => {
  turn.deltas.push(text);
  return wires[turn.api].delta(turn.model, text);
};
export const headOf = (turn: Turn): string => wires[turn.api].head(turn.model).join('');
export const tailOf = (turn: Turn): string => wires[turn.api].tail(turn.model).join('');
export const open = (turn: Turn, headers: Readonly<Record<string, string>> = {}): void => {
  turn.response.writeHead(200, { ...eventStream, ...headers });
};

/** Opens a stream with `count` deltas. False when the gateway has left. */
export async function begin(turn: Turn, count: number): Promise<boolean> {
  open(turn);
  if (!(await write(turn, headOf(turn)))) return false;
  for (let at = 0; at < count; at++) if (!(await write(turn, delta(turn)))) return false;
  return true;
}

/** A whole reply or a whole stream, as the gateway asked for it. */
export const ok =
  (count = 5): Script =>
  async (turn) => {
    if (!turn.stream) {
      const text = Array.from({ length: count }, (_, at) => `${turn.tag}.${at} `);
      turn.deltas.push(...text);
      json(turn, 200, wires[turn.api].whole(turn.model, text.join('')));
      return;
    }
    if (await begin(turn, count)) turn.response.end(tailOf(turn));
  };

export function json(turn: Turn, status: number, body: Data, headers: Readonly<Record<string, string>> = {}): void {
  turn.response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

const partly =
  (count: number, finish: (turn: Turn) => void): Script =>
  async (turn) => {
    if (!(await begin(turn, count))) return;
    await zero(30); // lets the last bytes leave before the connection breaks
    finish(turn);
  };

/** A stream of exactly these bytes in pieces of `size`; what they say is noted as the deltas of the turn. */
export const bytes = async (turn: Turn, all: Uint8Array, size: number): Promise<void> => {
  open(turn);
  for (let at = 0; at < all.length; at += size) {
    if (!(await write(turn, all.subarray(at, at + size)))) return;
    // A turn of the event loop each, so that they leave one by one.
    if (size < 16) await new Promise(setImmediate);
  }
  turn.response.end();
};

/** A whole stream as text, its frames changed by `change`. */
const shaped =
  (change: (text: string) => string, texts: readonly string[] = []): Script =>
  async (turn) => {
    const said =
      texts.length > 0 ? texts.map((text) => delta(turn, text)) : Array.from({ length: 5 }, () => delta(turn));
    await bytes(turn, Buffer.from(change(headOf(turn) + said.join('') + tailOf(turn))), 37);
  };

const encoded =
  (coding: string, compress: (data: Buffer) => Uint8Array): Script =>
  async (turn) => {
    const said = Array.from({ length: 5 }, () => delta(turn)).join('');
    open(turn, { 'content-encoding': coding });
    turn.response.end(compress(Buffer.from(headOf(turn) + said + tailOf(turn))));
  };

async function repeat(turn: Turn, piece: Uint8Array, total: number): Promise<void> {
  for (let sent = 0; sent < total; sent += piece.length) if (!(await write(turn, piece))) return;
}

function refuse(turn: Turn, status: number, options: ReadonlyMap<string, string>): void {
  const headers: Record<string, string> = {};
  const after = options.get('ra');
  if (after !== undefined)
    headers['retry-after'] = after === 'date' ? new Date(Date.now() + 7_000).toUTCString() : after;
  const millis = options.get('ram');
  if (millis !== undefined) headers['retry-after-ms'] = millis;
  const message = options.get('msg') ?? `refused with ${status}`;
  json(turn, status, wires[turn.api].refusal(status, message, options.get('code') ?? null), headers);
}

const mega = 1024 * 1024;
const size = (text: string | undefined, fallback: number): number => {
  const [, number, unit = ''] = /^(\d+)(KB|MB)?$/.exec(text ?? '') ?? [];
  return number === undefined ? fallback : Number(number) * ({ KB: 1024, MB: mega }[unit] ?? 1);
};

/** The scripts by the word they begin with; what stands after the colon comes as `value`. */
const words: Readonly<Record<string, (value: string | undefined, options: ReadonlyMap<string, string>) => Script>> = {
  ok: (value) => ok(size(value, 5)),
  st: (value, options) => (turn) => refuse(turn, size(value, 500), options),
  html: (value) => (turn) => {
    turn.response.writeHead(size(value, 200), { 'content-type': 'text/html; charset=utf-8' }).end(page);
  },
  'hang-headers': () => () => {},
  'hang-body': () => (turn) => {
    open(turn);
    turn.response.flushHeaders();
  },
  rst: () => (turn) => {
    turn.response.socket?.resetAndDestroy();
  },
  cut: (value) => partly(size(value, 3), ({ response }) => response.socket?.resetAndDestroy()),
  fin: (value) => partly(size(value, 3), ({ response }) => response.end()),
  stall: (value) => partly(size(value, 3), () => {}),
  err: (value) => partly(size(value, 3), (turn) => turn.response.end(wires[turn.api].error('the model broke'))),
  'bad-json': (value) => async (turn) => {
    if (!(await begin(turn, size(value, 2)))) return;
    turn.response.end(`data: {"choices":[{"delta":{"content":\n\n${tailOf(turn)}`);
  },
  drip: (value) => async (turn) => {
    const text = headOf(turn) + [0, 1, 2].map(() => delta(turn)).join('') + tailOf(turn);
    open(turn);
    for (const byte of Buffer.from(text)) {
      if (!(await write(turn, Buffer.of(byte)))) return;
      await zero(size(value, 1_000));
    }
    turn.response.end();
  },
  nonl: (value) => async (turn) => {
    open(turn);
    if (!(await write(turn, 'data: '))) return;
    await repeat(turn, Buffer.alloc(64 * 1024, 'x'), size(value, 300 * mega));
    turn.response.end();
  },
  big: (value) => async (turn) => {
    if (!(await begin(turn, 1))) return;
    await repeat(turn, Buffer.from(wires[turn.api].delta(turn.model, 'x'.repeat(16_000))), size(value, 200 * mega));
    turn.response.end(tailOf(turn));
  },
  tiny: (value) => async (turn) => {
    if (!(await begin(turn, 0))) return;
    const count = size(value, 100_000);
    for (let at = 0; at < count; at += 100)
      if (!(await write(turn, Array.from({ length: 100 }, () => delta(turn)).join('')))) return;
    turn.response.end(tailOf(turn));
  },
  'gzip-bomb': (value) => (turn) => {
    open(turn, { 'content-encoding': 'gzip' });
    turn.response.end(gzipSync(Buffer.alloc(size(value, 200 * mega), 'x')));
  },
  gzip: () => encoded('gzip', gzipSync),
  br: () => encoded('br', brotliCompressSync),
  zstd: () => encoded('zstd', zstdCompressSync),
  'unknown-coding': () => encoded('x-secret', (data) => data.map((byte) => byte ^ 0x5a)),
  redir: (value) => (turn) => {
    turn.response.writeHead(302, { location: value ?? 'http://127.0.0.1:9/' }).end();
  },
  crlf: () => shaped((text) => text.replaceAll('\n', '\r\n')),
  cr: () => shaped((text) => text.replaceAll('\n', '\r')),
  odd: () =>
    shaped(
      (text) =>
        `\uFEFF: a comment\n\n${text.replaceAll('data: ', 'data:').replaceAll('\n\n', '\nid: 7\nretry: 10\n\n:\n\n')}`,
    ),
  'multi-line': () => shaped((text) => text.replaceAll(/data: (\{"\w+":)(.*)/g, 'data: $1\ndata: $2')),
  'split-utf8': () => async (turn) => {
    const said = ['你好，', '世界。', '👩‍👩‍👧‍👦', '🇨🇳é', turn.tag].map((text) => delta(turn, text)).join('');
    await bytes(turn, Buffer.from(headOf(turn) + said + tailOf(turn)), 1);
  },
  'dup-done': () => async (turn) => {
    if (!(await begin(turn, 3))) return;
    turn.response.end(tailOf(turn) + tailOf(turn) + wires[turn.api].delta(turn.model, 'after the end') + tailOf(turn));
  },
  'ignore-stream': () => (turn) => ok()({ ...turn, stream: false }),
  late: (value) => async (turn) => {
    await zero(size(value, 500));
    if (!turn.response.destroyed) await ok()(turn);
  },
  slow: (value) => async (turn) => {
    open(turn);
    if (!(await write(turn, headOf(turn)))) return;
    for (let at = 0; at < 20; at++) {
      if (!(await write(turn, delta(turn)))) return;
      await zero(size(value, 100));
    }
    turn.response.end(tailOf(turn));
  },
};

/** Reads a script. Throws for a word that does not exist: a misspelt case must not pass. */
export function parse(text: string): Script {
  const list = /^seq:\[(.*)\]$/.exec(text)?.[1];
  if (list !== undefined) {
    const all = list.split(',').map(parse);
    let next = 0;
    return (turn) => all[Math.min(next++, all.length - 1)]?.(turn);
  }
  const [first = '', ...rest] = text.split(';');
  const [, word = '', value] = /^([\w-]+)(?::(.*))?$/.exec(first) ?? [];
  const options = new Map(rest.map((option) => [option.split('=')[0] ?? '', option.slice(option.indexOf('=') + 1)]));
  const script = words[word]?.(value, options);
  if (!script) throw new Error(`There is no script ${text}.`);
  return script;
}

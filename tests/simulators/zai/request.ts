import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Identities, Identity } from './identities.ts';
import type { Seen, SeenRequest } from './seen.ts';
import type { ZaiSettings } from './settings.ts';
import type { Script } from './scripts.ts';

/** What every route of the simulator works with. */
export interface Site {
  readonly settings: ZaiSettings;
  readonly identities: Identities;
  readonly seen: Seen;
  /** Chat id to the token that owns it. */
  readonly chats: Map<string, string>;
  readonly now: () => number;
  script: Script;
}

export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly seen: SeenRequest;
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function html(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(text);
}

export function bearer(request: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
}

/** The live identity behind the Authorization header, noted on the seen request. */
export function whoAsks(site: Site, call: Call): Identity | undefined {
  const identity = site.identities.find(bearer(call.request) ?? '');
  call.seen.identity = identity?.name;
  return identity?.stale ? undefined : identity;
}

export function unauthorised(response: ServerResponse): void {
  json(response, 401, { detail: 'Not authenticated' });
}

/** Everything a body holds, or undefined beyond 64 MiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > 64 * 1024 * 1024) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

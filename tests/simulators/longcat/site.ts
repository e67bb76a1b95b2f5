import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Script } from './scripts.ts';
import type { LongCatSettings } from './settings.ts';

/** A signed-in account; its own script, if any, goes before the default one. */
export interface Account {
  readonly token: string;
  readonly name: string;
  /** Its cookie is known, but nobody is signed in with it any more. */
  readonly stale: boolean;
  script?: Script | undefined;
  /** Completions being answered now. */
  active: number;
  lastSessionAt: number;
}

/** One request as it arrived, and what became of it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  body: unknown;
  account: string | undefined;
  status: number | undefined;
  /** `aborted` when the client left before the end of the reply. */
  outcome: 'open' | 'finished' | 'aborted';
}

/** What every route of the simulator works with. */
export interface Site {
  readonly settings: LongCatSettings;
  readonly accounts: Map<string, Account>;
  /** Session id to the token that owns it. */
  readonly sessions: Map<string, string>;
  readonly deleted: string[];
  readonly seen: SeenRequest[];
  readonly completions: { active: number };
  script: Script;
}

export interface Call {
  readonly seen: SeenRequest;
  readonly response: ServerResponse;
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function html(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(text);
}

export const coded = (response: ServerResponse, code: number, message: string, status = 200): void =>
  json(response, status, { code, message, data: null });

export const good = (response: ServerResponse, data: unknown): void =>
  json(response, 200, { code: 0, message: 'success', data });

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

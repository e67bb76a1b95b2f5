import { z } from 'zod';
import type { DialectId } from '../../../shared/exchange.ts';
import { fetchOwn } from '../network/own.ts';
import { ticketHeader } from './tickets.ts';

const paths: Readonly<Record<DialectId, string>> = {
  'openai-chat': '/v1/chat/completions',
  'openai-responses': '/v1/responses',
  'anthropic-messages': '/v1/messages',
};

/** Both families of dialects tell errors so, with more around it. */
const Problem = z.object({
  error: z.object({ message: z.string(), code: z.string().nullish(), type: z.string().nullish() }),
});
/** Characters of an answer that are looked at: an error is short. */
const lookedAt = 64_000;

export interface Posted {
  readonly status: number;
  readonly problem: { readonly code: string; readonly message: string } | null;
}

export interface PostOptions {
  /** The gateway's own address. */
  readonly baseUrl: string;
  readonly key: string | null;
  readonly ticket: string;
  readonly dialect: DialectId;
  readonly body: unknown;
  readonly signal: AbortSignal;
  /** In the name of another program: what it says of itself. */
  readonly agent?: string | undefined;
}

/** Sends it as a client would, and reads the answer to its end. Rejects when there is none, or when it breaks off. */
export async function post({ baseUrl, key, ticket, dialect, body, signal, agent }: PostOptions): Promise<Posted> {
  const response = await fetchOwn(`${baseUrl}${paths[dialect]}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(agent === undefined ? { 'x-client-source': 'Traygate' } : { 'user-agent': agent }),
      [ticketHeader]: ticket,
      ...(key !== null && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(body),
    signal,
  });
  let start = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? [])
    if (!response.ok && start.length < lookedAt) start += decoder.decode(chunk, { stream: true });
  return { status: response.status, problem: response.ok ? null : problemIn(start, response.status) };
}

function problemIn(text: string, status: number): NonNullable<Posted['problem']> {
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Whatever it is, it is not one of our errors.
  }
  const told = Problem.safeParse(body);
  if (!told.success) return { code: 'internal_error', message: `HTTP ${status}` };
  const { code, type, message } = told.data.error;
  return { code: code ?? type ?? 'internal_error', message };
}

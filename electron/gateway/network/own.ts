import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch, type RequestInit, type Response } from 'undici';

const header = 'x-traygate-self';
const patienceMs = 2_000;
/** What a computer says where nobody listens, or that has no such address at all. */
const noAnswer = new Set(['ECONNREFUSED', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENETUNREACH', 'EHOSTUNREACH', 'EINVAL']);

/** Another program answers at an address that is taken for ours. */
export class NotOurs extends Error {
  override readonly name = 'NotOurs';
}

/** Questions of this process to itself that are under way: where they are to arrive, and whether they have. */
const asked = new Map<string, { readonly address: string; readonly port: number; arrived: boolean }>();

const bare = (address = ''): string => address.replace(/^::ffff:/, '').replaceAll(/[[\]]/g, '');

/** Notices questions of this process to itself among the requests of a server. */
export function noticeOwn(server: Server): void {
  server.on('request', ({ headers, socket }: IncomingMessage) => {
    const question = asked.get(String(headers[header]));
    // One that somebody else has passed on arrives at another address than the one it was sent to.
    if (question && bare(socket.localAddress) === question.address && socket.localPort === question.port)
      question.arrived = true;
  });
}

/**
 * Who answers at an address of this computer: only what arrives in this very process was answered by it, whatever the answer
 * says. A program that has taken the port, or sits on a part of it, gives itself out as us in vain.
 */
export async function whoAnswers(address: string, port: number): Promise<'us' | 'other' | 'nobody'> {
  const nonce = randomBytes(16).toString('hex');
  const question = { address: bare(address), port, arrived: false };
  asked.set(nonce, question);
  const host = question.address.includes(':') ? `[${question.address}]` : question.address;
  try {
    const response = await fetch(`http://${host}:${port}/health`, {
      dispatcher: direct,
      headers: { [header]: nonce },
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.body?.cancel();
    return question.arrived ? 'us' : 'other';
  } catch (error) {
    if (noAnswer.has(codeOf(error))) return 'nobody';
    // This process may have been too busy to hear itself.
    if (error instanceof Error && error.name === 'TimeoutError') await sleep(patienceMs);
    return question.arrived ? 'us' : 'other';
  } finally {
    asked.delete(nonce);
  }
}

function codeOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

/**
 * `fetch` for the gateway's own address: never through a proxy, whatever NODE_USE_ENV_PROXY and HTTP_PROXY make of Node's own,
 * and never to another program, which would learn our key. Throws NotOurs.
 */
export async function fetchOwn(url: string, init: RequestInit): Promise<Response> {
  const { host, hostname, port } = new URL(url);
  const literal = /^[\d.]+$|^\[/.test(hostname);
  if (literal && (await whoAnswers(hostname, Number(port))) === 'other')
    throw new NotOurs(`Another program answers at ${host}, not this Traygate.`);
  return fetch(url, { ...init, dispatcher: direct });
}

const direct = new Agent();

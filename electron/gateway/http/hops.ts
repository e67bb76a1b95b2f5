import type { IncomingHttpHeaders } from 'node:http';
import { ChatError } from '../chat/errors.ts';

const header = 'x-traygate-hop';
/** A gateway may stand before another one; a chain of more is a circle that changes its names. */
const longest = 5;

/**
 * The gateways a request has come through and this one, for the request to its provider. Throws ChatError `loop_detected` when
 * this one is among them: a base URL, or the proxy behind one, leads back here.
 */
export function hopsOf(headers: IncomingHttpHeaders, own: string): string {
  const before = String(headers[header] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => /^[\w-]{1,40}$/.test(name));
  if (before.includes(own) || before.length >= longest)
    throw new ChatError('loop_detected', 'This request has come from Traygate itself.');
  return [...before, own].join(', ');
}

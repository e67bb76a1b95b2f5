import type { Reached } from '../../../shared/about.ts';
import { ChatError } from '../chat/errors.ts';
import { isLoopback } from '../network/addresses.ts';
import type { Network } from '../network/network.ts';

const patienceMs = 10_000;

export interface Target {
  readonly provider: string;
  readonly name: string;
  readonly address: string;
}

/** Asks for the first page of a service, with no token: any answer will do. */
export async function reach(network: Network, { provider, name, address }: Target): Promise<Reached> {
  const { origin, host, hostname } = new URL(address);
  const known = { provider, name, host, near: isLoopback(hostname) };
  const started = performance.now();
  try {
    const response = await network.request({
      url: `${origin}/`,
      method: 'GET',
      headersTimeout: patienceMs,
      signal: AbortSignal.timeout(patienceMs),
    });
    const ms = Math.round(performance.now() - started);
    response.close();
    return { ...known, ms, code: null, message: null };
  } catch (error) {
    const late = error instanceof ChatError && error.code === 'client_closed';
    const failure = late ? new ChatError('upstream_timeout', `${host} did not answer in time.`) : error;
    return failure instanceof ChatError
      ? { ...known, ms: null, code: failure.code, message: failure.message }
      : { ...known, ms: null, code: null, message: String(failure) };
  }
}

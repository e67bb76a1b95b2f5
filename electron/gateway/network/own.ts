import { Agent, fetch, type RequestInit, type Response } from 'undici';

/** `fetch` for the gateway's own address: never through a proxy, whatever NODE_USE_ENV_PROXY and HTTP_PROXY make of Node's own. */
export async function fetchOwn(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, dispatcher: direct });
}

const direct = new Agent();

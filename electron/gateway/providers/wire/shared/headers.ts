/** Names the gateways a request has come through: one that finds itself in it refuses the request (http/hops.ts). */
export const hopHeader = 'x-traygate-hop';

/** What belongs to the connection or to the request itself and cannot be set from outside. */
const reserved =
  /^(?:host|connection|content-length|content-type|transfer-encoding|te|trailer|upgrade|keep-alive|expect|proxy-.*|accept-encoding)$/;

/** Headers the user has given for a service, in lower case and without those that would break a request. */
export function userHeaders(given: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = Object.entries(given).map(([name, value]) => [name.trim().toLowerCase(), value.trim()] as const);
  return Object.fromEntries(
    kept.filter(
      ([name, value]) => /^[a-z\d-]+$/.test(name) && !reserved.test(name) && /^[\x20-\x7e\x80-\xff]*$/.test(value),
    ),
  );
}

/** Whether a key can stand in a header at all; what has other characters was copied wrongly. */
export const isHeaderText = (secret: string): boolean => /^[\x21-\x7e]+$/.test(secret);

const schemes = new Set(['http:', 'https:', 'socks5:', 'socks5h:']);

/** Whether an address is one of a proxy that this gateway can speak to. */
export function isProxy(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && schemes.has(url.protocol) && url.hostname !== '';
}

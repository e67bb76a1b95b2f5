/** Places outside the window that its links may open in the user's browser. */
const hosts = new Set([
  'chat.z.ai',
  'z.ai',
  'docs.z.ai',
  'bigmodel.cn',
  'open.bigmodel.cn',
  'docs.bigmodel.cn',
  'github.com',
]);

/**
 * Whether a link of the window may be handed to the operating system: only https to a place we name, or the
 * gateway's own API docs. Anything else could start a program, since every scheme may have a handler.
 */
export function mayOpen(url: string, gatewayUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin, pathname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  if (protocol === 'https:' && hosts.has(hostname)) return true;
  if (!URL.canParse(gatewayUrl)) return false;
  const gateway = new URL(gatewayUrl);
  const root = gateway.pathname.replace(/\/$/, '');
  const inside = pathname.startsWith(root) ? pathname.slice(root.length) : '';
  return origin === gateway.origin && /^\/(docs(\/|$)|openapi\.json$)/.test(inside);
}

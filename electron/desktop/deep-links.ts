import { LinkRequest } from '../../shared/link.ts';

export const linkScheme = 'traygate';
/** A link that is longer than any token and its wrapping is not a link. */
const longest = 32_000;

/** The pages a link may open; it can do nothing there. */
const pages = new Set(['home', 'connect', 'providers', 'logs', 'test', 'settings']);

export type Link = { readonly kind: 'open'; readonly route: string } | LinkRequest;

/** What a link says, or null where it says nothing that we know. Anybody can make one, so nothing in it is trusted. */
export function readLink(text: string): Link | null {
  if (text.length > longest || !URL.canParse(text)) return null;
  const { protocol, host, pathname, searchParams } = new URL(text);
  if (protocol !== `${linkScheme}:`) return null;
  const rest = pathname.replace(/^\/+|\/+$/g, '');
  const asked = (name: string): string | null => searchParams.get(name);
  switch (host) {
    case 'open':
      return pages.has(rest) ? { kind: 'open', route: `/${rest}` } : null;
    case 'add-token':
      return checked({ kind: 'add-token', provider: asked('provider'), token: asked('token') });
    case 'add-provider':
      return checked({
        kind: 'add-provider',
        provider: { kind: asked('kind') ?? 'openai-compatible', name: asked('name'), baseUrl: asked('baseUrl') },
        key: asked('key'),
      });
    default:
      return null;
  }
}

/** The link among the arguments of a start, where the system puts it. */
export const linkAmong = (argv: readonly string[]): string | null =>
  argv.find((argument) => argument.startsWith(`${linkScheme}://`)) ?? null;

function checked(wanted: unknown): LinkRequest | null {
  const request = LinkRequest.safeParse(wanted);
  if (!request.success) return null;
  const { data } = request;
  // Never a file, a program or a page of Traygate itself; the gateway checks the rest when it is saved.
  if (data.kind === 'add-provider' && !/^https?:\/\//i.test(data.provider.baseUrl)) return null;
  return data;
}

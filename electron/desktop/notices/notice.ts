import type { PortOwner } from '../../../shared/port.ts';

/** Something the user has not caused and should know of. Holds names and numbers; never a token, a key, a prompt or an answer. */
export type Notice =
  | { readonly kind: 'port-taken'; readonly port: number; readonly owner: PortOwner | null }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'provider'; readonly name: string; readonly guests: boolean; readonly route: string }
  | { readonly kind: 'tokens'; readonly aliases: readonly string[]; readonly name: string; readonly route: string }
  | { readonly kind: 'ending'; readonly aliases: readonly string[]; readonly name: string; readonly route: string }
  | { readonly kind: 'wrong-keys'; readonly address: string; readonly wrong: number }
  | { readonly kind: 'recovered'; readonly what: 'settings' | 'database' }
  | { readonly kind: 'errors'; readonly percent: number }
  | { readonly kind: 'update'; readonly version: string }
  | { readonly kind: 'update-failed' };

/** Where a click on it leads. */
export function routeOf(notice: Notice): string {
  switch (notice.kind) {
    case 'provider':
    case 'tokens':
    case 'ending':
      return notice.route;
    case 'wrong-keys':
      return '/settings/keys';
    case 'errors':
      return '/logs';
    case 'update':
      return '/settings/about';
    default:
      return '/';
  }
}

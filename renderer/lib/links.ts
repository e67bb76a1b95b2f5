import type { LinkRequest } from '../../shared/link.ts';
import { call } from './backend.ts';
import { createStore } from './store.ts';

/** What a `traygate://` link wants, until the user has decided. */
export const linkRequest = createStore<LinkRequest | null>(null);

/** Asked when the window opens, and whenever it is told of a link. */
export async function linkCame(): Promise<void> {
  const wanted = await call('link.take').catch(() => null);
  if (wanted !== null) linkRequest.set(wanted);
}

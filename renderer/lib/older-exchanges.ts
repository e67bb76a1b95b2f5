import { call } from './backend.ts';
import { exchangeFeed } from './exchange-feed.ts';

/** Not more at once: the gateway reads them between its answers. */
const batch = 500;

let busy = false;
/** The oldest row beyond which the gateway has nothing more. */
let endsAt: string | null = null;

/** Whether there may be rows that are older than those held here. */
export function mayBeOlder(): boolean {
  const oldest = exchangeFeed.entries[0]?.row.id;
  return oldest !== undefined && oldest !== endsAt && !exchangeFeed.full;
}

/** Fetches what lies beyond the oldest row held here, as far as there is room and anything left. */
export async function loadOlder(): Promise<void> {
  const oldest = exchangeFeed.entries[0]?.row.id;
  if (busy || oldest === undefined || !mayBeOlder()) return;
  busy = true;
  try {
    const older = await call('exchanges.list', { limit: batch, before: oldest });
    if (older.length < batch) endsAt = older.at(-1)?.id ?? oldest;
    exchangeFeed.append(older);
  } catch {
    // The list simply ends here for now; scrolling again asks again.
  } finally {
    busy = false;
  }
}

import { call } from './backend.ts';
import { exchangeFeed } from './exchange-feed.ts';

const batch = 1000;

let busy = false;
/** The oldest row beyond which the gateway has nothing more. */
let endsAt: string | null = null;

/** Fetches what lies beyond the oldest row held here, as far as there is room and anything left. */
export async function loadOlder(): Promise<void> {
  const oldest = exchangeFeed.snapshot().at(-1)?.id;
  if (busy || oldest === undefined || oldest === endsAt || exchangeFeed.full) return;
  busy = true;
  try {
    const older = await call('exchanges.list', { limit: batch, before: oldest });
    exchangeFeed.append(older);
    if (older.length < batch) endsAt = older.at(-1)?.id ?? oldest;
  } catch {
    // The list simply ends here for now; scrolling again asks again.
  } finally {
    busy = false;
  }
}

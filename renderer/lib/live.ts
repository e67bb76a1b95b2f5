import type { EventName, Events } from '../../shared/contract.ts';
import { call, CallError } from './backend.ts';
import { clientsCalled } from './clients.ts';
import { exchangeFeed } from './exchange-feed.ts';
import { gatewayState } from './gateway-state.ts';
import { jobProgressed } from './jobs.ts';
import { linkCame } from './links.ts';
import { keysChanged, modelsChanged, queries, radarChanged, tokensChanged } from './queries.ts';
import { session } from './session.ts';
import { createStore } from './store.ts';
import { settingChanged } from './settings.ts';
import { runStepped } from './test-runs.ts';
import { rereadTrials, trialStepped } from './trials.ts';
import { trusted } from './trusted.ts';
import { isDesktop, wire } from './wire.ts';

/** Whether events arrive. While they do not, the gateway may well be fine: only the window has lost sight of it. */
export const connection = createStore<{ live: boolean; since: number }>({ live: true, since: Date.now() });

const snapshotSize = 1000;
const totalsEveryMs = 1000;

let navigate: ((to: string) => void) | null = null;
let totalsTimer: ReturnType<typeof setTimeout> | undefined;

/** Called once by the router; the tray may send the window to a page. */
export function onNavigate(listener: (to: string) => void): void {
  navigate = listener;
}

function refreshTotalsSoon(): void {
  totalsTimer ??= setTimeout(() => {
    totalsTimer = undefined;
    void queries.invalidateQueries({ queryKey: ['totals'] });
  }, totalsEveryMs);
}

const receivers: { [N in EventName]: (payload: Events[N]) => void } = {
  state: (state) => gatewayState.set(state),
  exchanges(rows) {
    exchangeFeed.upsert(rows);
    if (rows.some((row) => row.outcome !== 'active')) refreshTotalsSoon();
  },
  keys: () => void keysChanged(),
  clients: (activity) => clientsCalled(activity),
  setting: (change) => settingChanged(change),
  tokens: ({ provider }) => void tokensChanged(provider),
  models: ({ provider }) => void modelsChanged(provider),
  job: (progress) => jobProgressed(progress),
  trial: (step) => trialStepped(step),
  run: (step) => runStepped(step),
  radar: (state) => void radarChanged(state),
  cleared: () => void reloadExchanges().catch(() => undefined),
  link: () => void linkCame(),
  navigate: ({ to }) => navigate?.(to),
};

function receive(name: string, payload: unknown): void {
  const known: Record<string, ((payload: never) => void) | undefined> = receivers;
  known[name]?.(trusted<never>(payload));
}

export async function reloadExchanges(): Promise<void> {
  await exchangeFeed.reload(() => call('exchanges.list', { limit: snapshotSize, before: null }));
}

/** Reads everything anew: at the start, and whenever events may have been missed. */
async function refresh(): Promise<void> {
  try {
    gatewayState.set(await call('state.get'));
    rereadTrials();
    await Promise.all([reloadExchanges(), queries.invalidateQueries()]);
  } catch {
    // Signed out: the page shows the sign-in form. Unreachable: the wire reports when it is back.
  }
}

function watch(): () => void {
  const stop = wire.listen(receive, (live) => {
    const before = connection.get();
    connection.set({ live, since: before.live === live ? before.since : Date.now() });
    if (live) void refresh();
    // A lost session looks like a lost connection to an event stream; asking tells which it is, also when the gateway is back.
    else void call('state.get').catch(() => undefined);
  });
  // IPC is always up and says nothing about it.
  if (isDesktop) void refresh().then(linkCame);
  return stop;
}

/** Keeps the stores in step with the gateway for as long as the page is let in. */
export async function goLive(): Promise<void> {
  let stop: (() => void) | null = null;
  const follow = () => {
    if (session.get() === 'in') {
      stop ??= watch();
      return;
    }
    stop?.();
    stop = null;
    gatewayState.set(null);
    connection.set({ live: true, since: Date.now() });
  };
  // Asked before listening: a stream of events that is refused cannot say why.
  const letIn = await call('state.get').then(
    () => true,
    (error: unknown) => error instanceof CallError && error.code === 'unreachable',
  );
  if (letIn) session.set('in');
  session.subscribe(follow);
  follow();
}

import { BrowserWindow, Notification } from 'electron';
import type { Gateway, SettingsStore } from '../../gateway/shell.ts';
import type { Ask } from '../asking.ts';
import { paced } from '../pace.ts';
import type { Preferences } from '../preferences.ts';
import type { Texts } from '../texts.ts';
import type { MainWindow } from '../window.ts';
import { errorRate } from './error-rate.ts';
import { limits } from './limits.ts';
import { type Notice, routeOf } from './notice.ts';
import { watchState } from './watch-state.ts';
import { toldIn, watchEndings } from './watch-endings.ts';
import { TokenWatch } from './watch-tokens.ts';
import { wordsOf } from './words.ts';

const hourMs = 3_600_000;
const tokensEveryMs = 10 * 60_000;
/** A check of many tokens finds the bad ones one after the other. */
const gatherMs = 5_000;
/** Tokens in use change all the time. */
const lookEveryMs = 2_000;

/** Null: cannot be switched off. */
const switches: Readonly<Record<Notice['kind'], Exclude<keyof Preferences, 'desktop.closeButton'> | null>> = {
  'port-taken': 'desktop.notifyStopped',
  stopped: 'desktop.notifyStopped',
  provider: 'desktop.notifyProvider',
  tokens: 'desktop.notifyToken',
  ending: 'desktop.notifyEnding',
  'wrong-keys': 'desktop.notifyWrongKeys',
  recovered: null,
  errors: 'desktop.notifyErrors',
  update: 'desktop.notifyUpdate',
  // The user has asked for it.
  'update-failed': null,
};

export interface NoticeParts {
  readonly gateway: Pick<Gateway, 'hub' | 'state'>;
  readonly ask: Ask;
  readonly prefer: () => Preferences;
  readonly window: MainWindow;
  readonly texts: () => Texts;
  /** Holds what must not be told twice. */
  readonly store: SettingsStore;
}

/** Tells what needs the user, through the system, which knows when not to disturb. Answers with a way to tell more. */
export function openNotices({ gateway, ask, prefer, window, texts, store }: NoticeParts): (notice: Notice) => void {
  const clock = (): number => performance.now();
  const once = limits(clock);
  /** What the system shows is kept, or the click on it would be lost. */
  const shown = new Set<Notification>();

  /** Whether it was shown. */
  const show = (notice: Notice): boolean => {
    const by = switches[notice.kind];
    if (by !== null && !prefer()[by]) return false;
    // Whoever looks at the window sees it there.
    if (BrowserWindow.getFocusedWindow() !== null || !Notification.isSupported()) return false;
    const notification = new Notification(wordsOf(notice, texts()));
    shown.add(notification);
    notification.on('click', () => window.show(routeOf(notice)));
    notification.on('close', () => shown.delete(notification));
    notification.show();
    return true;
  };
  const tell = (notice: Notice): void => void show(notice);
  const nameOf = (provider: string): string =>
    gateway.state().providers.find(({ id }) => id === provider)?.name ?? provider;

  const look = watchState({
    clock,
    once,
    tell,
    lookAgain: (afterMs) => void setTimeout(() => look(gateway.state()), afterMs).unref(),
  });
  const tokens = new TokenWatch({
    list: (provider) => ask('tokens.list', { provider }),
    nameOf,
    tell,
    also: watchEndings({ told: toldIn(store), clock: Date.now, nameOf, tell: show }),
    later(run) {
      const pace = paced(tokensEveryMs, run);
      return () => void setTimeout(pace.ask, gatherMs).unref();
    },
  });
  const looks = new Map<string, () => void>();
  const lookAt = (provider: string): void => {
    const ready = looks.get(provider) ?? paced(lookEveryMs, () => void tokens.look(provider)).ask;
    looks.set(provider, ready);
    ready();
  };
  const rate = errorRate(clock);

  gateway.hub.subscribe((name, payload) => {
    if (name === 'state') look(gateway.state());
    if (name === 'tokens' && payload !== null && 'provider' in payload) lookAt(payload.provider);
    if (name === 'exchanges' && Array.isArray(payload) && prefer()['desktop.notifyErrors']) {
      const percent = rate(payload);
      if (percent !== null && once('errors', hourMs)) tell({ kind: 'errors', percent });
    }
  });
  look(gateway.state());
  const lookAtAll = (): void => {
    for (const { id, total } of gateway.state().providers) if (total > 0) lookAt(id);
  };
  lookAtAll();
  // A token's last two days begin without a change that would tell of it.
  setInterval(lookAtAll, hourMs).unref();
  return tell;
}

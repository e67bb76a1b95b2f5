import type { MenuItemConstructorOptions } from 'electron';
import { type ClientKey, defaultKeyId } from '../../shared/client-key.ts';
import type { ShellName } from '../../shared/env-lines.ts';
import { shellNames, shells } from '../../shared/env-lines.ts';
import type { GatewayState, ProviderState } from '../../shared/state.ts';
import type { Texts } from './texts.ts';
import { addressOf, providerState, stateLine } from './tray-words.ts';
import type { UpdateState } from './updates/updates.ts';

/** What the state does not hold and the menu shows all the same. */
export interface TrayFacts {
  readonly keys: readonly ClientKey[];
  /** Where other computers reach the gateway; empty where they cannot. */
  readonly lan: readonly string[];
  readonly update: UpdateState;
}

export interface TrayActions {
  copyText(text: string): void;
  copyEnvironment(shell: ShellName): void;
  copyKey(id: string): void;
  setGuestMode(provider: ProviderState['id'], enabled: boolean): void;
  pause(paused: boolean): void;
  start(): void;
  stop(): void;
  restart(): void;
  open(route?: string): void;
  selfTest(): void;
  copyReport(): void;
  openLogs(): void;
  resetWindow(): void;
  update(): void;
  quit(): void;
}

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

interface Drawn {
  readonly state: GatewayState;
  readonly facts: TrayFacts;
  readonly texts: Texts;
  readonly actions: TrayActions;
}

/** The whole menu from the whole state. Linux ignores later edits of single items, so there are none. */
export function trayMenu(drawn: Drawn, now = Date.now()): Item[] {
  const { state, texts, actions } = drawn;
  return [
    { id: 'state', label: stateLine(state, texts), enabled: false },
    separator,
    { id: 'copy-base-url', label: texts.copyBaseUrl, submenu: addresses(drawn) },
    { id: 'copy-key', label: texts.copyKey, enabled: state.keyRequired, submenu: keys(drawn) },
    separator,
    ...state.providers.map((provider) => ({
      id: `provider-${provider.id}`,
      label: `${provider.name}  ${providerState(provider, texts, now)}`,
      click: () => actions.open(`/providers/${provider.id}`),
    })),
    separator,
    ...state.providers.filter(hasGuests).map((provider) => guestSwitch(provider, drawn)),
    {
      id: 'pause',
      label: texts.pauseAll,
      type: 'checkbox',
      checked: state.paused,
      click: () => actions.pause(!state.paused),
    },
    ...serverSwitches(drawn),
    separator,
    { id: 'open', label: texts.openWindow, click: () => actions.open() },
    { id: 'logs', label: texts.logs, click: () => actions.open('/logs') },
    { id: 'test', label: texts.test, click: () => actions.open('/test') },
    { id: 'settings', label: texts.settings, click: () => actions.open('/settings') },
    {
      id: 'troubleshoot',
      label: texts.troubleshoot,
      submenu: [
        { id: 'self-test', label: texts.selfTest, click: () => actions.selfTest() },
        { id: 'copy-report', label: texts.copyReport, click: () => actions.copyReport() },
        { id: 'open-logs', label: texts.openLogs, click: () => actions.openLogs() },
        { id: 'reset-window', label: texts.resetWindow, click: () => actions.resetWindow() },
      ],
    },
    ...updateItem(drawn),
    separator,
    { id: 'quit', label: texts.quit, click: () => actions.quit() },
  ];
}

function addresses({ state: { baseUrl, dialects }, facts: { lan }, texts, actions }: Drawn): Item[] {
  const copy = (id: string, label: string, url: string): Item => ({ id, label, click: () => actions.copyText(url) });
  const others = lan.map((url, index) => copy(`copy-lan-${index}`, `${texts.lan}  ${new URL(url).host}`, `${url}/v1`));
  return [
    copy('copy-openai', 'OpenAI', `${baseUrl}/v1`),
    ...(dialects.includes('anthropic-messages') ? [copy('copy-anthropic', 'Anthropic', baseUrl)] : []),
    ...(others.length > 0 ? others : [{ id: 'copy-lan', label: texts.lanOff, enabled: false }]),
    separator,
    ...shells.map((shell) => ({
      id: `copy-env-${shell}`,
      label: texts.environment(shellNames[shell]),
      click: () => actions.copyEnvironment(shell),
    })),
  ];
}

/** Of the other keys only a hash is kept, so there is nothing to copy; they are shown, so that nobody looks for them. */
function keys({ facts, texts, actions }: Drawn): Item[] {
  return facts.keys
    .filter(({ enabled }) => enabled)
    .map(({ id, name, ending, copyable }) => ({
      id: `copy-key-${id}`,
      label: `${id === defaultKeyId ? texts.defaultKey : name}  …${ending}`,
      enabled: copyable,
      click: () => actions.copyKey(id),
    }));
}

function updateItem({ facts: { update }, texts, actions }: Drawn): Item[] {
  if (update.kind === 'none') return [];
  return [
    {
      id: 'update',
      label: texts.update[update.kind](update.version),
      enabled: update.kind !== 'loading',
      click: () => actions.update(),
    },
  ];
}

const hasGuests = ({ hasGuests: has, enabled }: ProviderState): boolean => has && enabled;

const guestSwitch = ({ id, name, guestMode }: ProviderState, { texts, actions }: Drawn): Item => ({
  id: `pause-guests-${id}`,
  label: texts.pauseGuests(name),
  type: 'checkbox',
  checked: !guestMode,
  click: () => actions.setGuestMode(id, !guestMode),
});

function serverSwitches({ state: { status }, texts, actions }: Drawn): Item[] {
  if (status === 'running' || status === 'stopping') {
    const enabled = status === 'running';
    return [
      { id: 'restart', label: texts.restartServer, enabled, click: () => actions.restart() },
      { id: 'stop', label: texts.stopServer, enabled, click: () => actions.stop() },
    ];
  }
  return [{ id: 'start', label: texts.startServer, enabled: status !== 'starting', click: () => actions.start() }];
}

export function trayTooltip(state: GatewayState, texts: Texts): string {
  const all = state.providers.filter(({ enabled }) => enabled);
  const ready = all.filter((provider) => provider.state === 'ok' || provider.state === 'guest');
  const status = state.status === 'running' && state.paused ? texts.paused : texts.status[state.status];
  return texts.tooltip(status, addressOf(state), ready.length, all.length);
}

export const trayShapes = ['running', 'stopped', 'degraded', 'attention', 'starting'] as const;
export type TrayShape = (typeof trayShapes)[number];

/** Shapes differ, so that no state is told by colour alone. Paused looks like stopped: nothing is answered. */
export function trayShape({ status, paused, providers }: GatewayState): TrayShape {
  if (status === 'error') return 'attention';
  if (status === 'starting') return 'starting';
  if (status !== 'running' || paused) return 'stopped';
  const states = new Set(providers.map(({ enabled, state }) => (enabled ? state : 'off')));
  if (states.has('needs-token')) return 'attention';
  return states.has('cooling') ? 'degraded' : 'running';
}

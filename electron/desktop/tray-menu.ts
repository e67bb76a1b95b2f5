import type { MenuItemConstructorOptions } from 'electron';
import type { GatewayState, ProviderState } from '../../shared/state.ts';
import type { Texts } from './texts.ts';

export interface TrayActions {
  copyText(text: string): void;
  copyKey(): void;
  setGuestMode(provider: ProviderState['id'], enabled: boolean): void;
  start(): void;
  stop(): void;
  open(route?: string): void;
  quit(): void;
}

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

/** The whole menu from the whole state. Linux ignores later edits of single items, so there are none. */
export function trayMenu(state: GatewayState, texts: Texts, actions: TrayActions, now = Date.now()): Item[] {
  return [
    { id: 'state', label: stateLine(state, texts), enabled: false },
    separator,
    {
      id: 'copy-base-url',
      label: texts.copyBaseUrl,
      submenu: [
        { id: 'copy-openai', label: 'OpenAI', click: () => actions.copyText(`${state.baseUrl}/v1`) },
        ...(state.dialects.includes('anthropic-messages')
          ? [{ id: 'copy-anthropic', label: 'Anthropic', click: () => actions.copyText(state.baseUrl) }]
          : []),
      ],
    },
    { id: 'copy-key', label: texts.copyKey, enabled: state.keyRequired, click: () => actions.copyKey() },
    separator,
    ...state.providers.map((provider) => providerLine(provider, texts, actions, now)),
    separator,
    ...state.providers.filter(hasGuests).map((provider) => guestSwitch(provider, texts, actions)),
    serverSwitch(state, texts, actions),
    separator,
    { id: 'open', label: texts.openWindow, click: () => actions.open() },
    { id: 'logs', label: texts.logs, click: () => actions.open('/logs') },
    separator,
    { id: 'quit', label: texts.quit, click: () => actions.quit() },
  ];
}

function stateLine(state: GatewayState, texts: Texts): string {
  const lines: Record<GatewayState['status'], string> = {
    running: `● ${texts.running(addressOf(state))}`,
    starting: `◌ ${texts.starting}`,
    stopping: `◌ ${texts.stopping(state.inFlight)}`,
    stopped: `○ ${texts.stopped}`,
    error: `▲ ${state.error?.code === 'port_in_use' ? texts.portInUse(state.port) : texts.cannotStart}`,
  };
  return lines[state.status];
}

function providerLine(provider: ProviderState, texts: Texts, actions: TrayActions, now: number): Item {
  return {
    id: `provider-${provider.id}`,
    label: `${provider.name}  ${providerState(provider, texts, now)}`,
    click: () => actions.open(`/providers/${provider.id}`),
  };
}

function providerState({ state, usable, total, until }: ProviderState, { provider }: Texts, now: number): string {
  const lines: Record<ProviderState['state'], string> = {
    ok: `✓ ${total > 0 ? provider.someReady(usable, total) : provider.ready}`,
    guest: `✓ ${provider.guest}`,
    cooling: `⏱ ${until !== null && until > now ? provider.cooling(countdown(until - now)) : provider.resting}`,
    'needs-token': `! ${provider.needsToken}`,
    off: `– ${provider.off}`,
  };
  return lines[state];
}

function countdown(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const hasGuests = ({ hasGuests: has, enabled }: ProviderState): boolean => has && enabled;

const guestSwitch = ({ id, name, guestMode }: ProviderState, texts: Texts, actions: TrayActions): Item => ({
  id: `pause-guests-${id}`,
  label: texts.pauseGuests(name),
  type: 'checkbox',
  checked: !guestMode,
  click: () => actions.setGuestMode(id, !guestMode),
});

function serverSwitch({ status }: GatewayState, texts: Texts, actions: TrayActions): Item {
  if (status === 'running' || status === 'stopping') {
    return { id: 'stop', label: texts.stopServer, enabled: status === 'running', click: () => actions.stop() };
  }
  return { id: 'start', label: texts.startServer, enabled: status !== 'starting', click: () => actions.start() };
}

export function trayTooltip(state: GatewayState, texts: Texts): string {
  const all = state.providers.filter(({ enabled }) => enabled);
  const ready = all.filter((provider) => provider.state === 'ok' || provider.state === 'guest');
  return texts.tooltip(texts.status[state.status], addressOf(state), ready.length, all.length);
}

const addressOf = ({ host, port }: GatewayState): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

export const trayShapes = ['running', 'stopped', 'degraded', 'attention', 'starting'] as const;
export type TrayShape = (typeof trayShapes)[number];

/** Shapes differ, so that no state is told by colour alone. */
export function trayShape({ status, providers }: GatewayState): TrayShape {
  if (status === 'error') return 'attention';
  if (status === 'starting') return 'starting';
  if (status !== 'running') return 'stopped';
  const states = new Set(providers.map(({ enabled, state }) => (enabled ? state : 'off')));
  if (states.has('needs-token')) return 'attention';
  return states.has('cooling') ? 'degraded' : 'running';
}

import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import type { GatewayState, ProviderState } from '../../shared/state.ts';
import type { Gateway } from '../gateway/shell.ts';
import { paced } from './pace.ts';
import type { Texts } from './texts.ts';
import { type TrayActions, type TrayFacts, trayMenu, type TrayShape, trayShape, trayTooltip } from './tray-menu.ts';

export interface TrayParts {
  createTray(image: NativeImage): Pick<Tray, 'setImage' | 'setToolTip' | 'setContextMenu' | 'on'>;
  buildMenu(template: MenuItemConstructorOptions[]): Menu;
  icon(shape: TrayShape): NativeImage;
  texts(state: GatewayState): Texts;
  /** What the state does not hold; asked again after each change. */
  facts(): Promise<TrayFacts>;
  readonly actions: TrayActions;
  readonly platform: NodeJS.Platform;
}

/**
 * Draws the tray from the gateway's state, again at most once per second: a menu replaced more often flickers. Answers with what
 * to call when facts have changed that neither the state nor the keys tell of.
 */
export function setupTray(gateway: Pick<Gateway, 'hub' | 'state'>, parts: TrayParts): () => void {
  const tray = parts.createTray(parts.icon(trayShape(gateway.state())));
  // On macOS a click opens the menu; elsewhere the menu has its own button, and Linux may send no click at all.
  if (parts.platform !== 'darwin') tray.on('click', () => parts.actions.open());
  tray.on('double-click', () => parts.actions.open());

  let shown = '';
  let facts: TrayFacts = { keys: [], lan: [], update: { kind: 'none' } };
  /** The system ticks a checkbox by itself, also when the change is refused: draw it again in any case. */
  const redrawn =
    <A extends unknown[]>(act: (...args: A) => void) =>
    (...args: A): void => {
      shown = '';
      act(...args);
      pace.askLater();
    };
  const actions: TrayActions = {
    ...parts.actions,
    setGuestMode: redrawn((provider: ProviderState['id'], enabled: boolean) =>
      parts.actions.setGuestMode(provider, enabled),
    ),
    pause: redrawn((paused: boolean) => parts.actions.pause(paused)),
  };

  const pace = paced(1000, () => {
    const state = gateway.state();
    const texts = parts.texts(state);
    const shape = trayShape(state);
    const tooltip = trayTooltip(state, texts);
    const template = trayMenu({ state, facts, texts, actions });
    if (hasCountdown(state)) pace.askLater();
    const wanted = JSON.stringify([shape, tooltip, state.baseUrl, template]);
    if (wanted === shown) return;
    shown = wanted;
    tray.setImage(parts.icon(shape));
    tray.setToolTip(tooltip);
    tray.setContextMenu(parts.buildMenu(template));
  });

  const read = async (): Promise<void> => {
    const learnt = await parts.facts();
    if (JSON.stringify(learnt) === JSON.stringify(facts)) return;
    facts = learnt;
    pace.ask();
  };
  const learn = paced(1000, () => void read());

  // The listener also keeps the tray alive: one that nothing refers to is collected, and its icon vanishes.
  gateway.hub.subscribe((name) => {
    if (name === 'state') pace.ask();
    if (name === 'state' || name === 'keys') learn.ask();
  });
  pace.ask();
  learn.ask();
  return learn.ask;
}

/** The seconds tick only while one provider cools down; with several the menu would never stand still. */
function hasCountdown({ providers }: GatewayState): boolean {
  return providers.filter(({ state, until }) => state === 'cooling' && until !== null).length === 1;
}

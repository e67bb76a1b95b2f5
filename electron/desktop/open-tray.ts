import { app, clipboard, Menu, Tray } from 'electron';
import type { CallName, Input } from '../../shared/contract.ts';
import type { Gateway } from '../gateway/shell.ts';
import type { Texts } from './texts.ts';
import { trayIcon } from './tray-icons.ts';
import { setupTray } from './tray.ts';
import type { MainWindow } from './window.ts';

/** The tray of this desktop; what it does goes through the contract, like what the window does. */
export function openTray(gateway: Gateway, window: MainWindow, texts: () => Texts): void {
  const call = async <N extends CallName>(name: N, input: Input<N>): Promise<void> => {
    const answer = await gateway.dispatch(name, input);
    // The new state tells the user; this tells whoever reads the terminal why.
    if (!answer.ok) console.error(`${name}: ${answer.error.message}`);
  };
  setupTray(gateway, {
    createTray: (image) => new Tray(image),
    buildMenu: (template) => Menu.buildFromTemplate(template),
    icon: (shape) => trayIcon(shape, process.platform),
    texts,
    platform: process.platform,
    actions: {
      copyText: (text) => void clipboard.writeText(text),
      copyKey: () => void call('clientKey.copy', null),
      setGuestMode: (provider, enabled) => void call('provider.guestMode', { provider, enabled }),
      start: () => void call('gateway.start', null),
      stop: () => void call('gateway.stop', { now: false }),
      open: (route) => window.show(route),
      quit: () => app.quit(),
    },
  });
}

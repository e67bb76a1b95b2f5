import { app, clipboard, Menu, Tray } from 'electron';
import { envLines } from '../../shared/env-lines.ts';
import type { Gateway } from '../gateway/shell.ts';
import { asking } from './asking.ts';
import type { Texts } from './texts.ts';
import { trayFacts } from './tray-facts.ts';
import { trayIcon } from './tray-icons.ts';
import { setupTray } from './tray.ts';
import { troubleshoot } from './troubleshoot.ts';
import type { MainWindow } from './window.ts';

/** The tray of this desktop; what it does goes through the contract, like what the window does. */
export function openTray(gateway: Gateway, window: MainWindow, texts: () => Texts): void {
  const ask = asking(gateway);
  const help = troubleshoot(gateway, ask, texts, app.getPath('userData'));
  const copyText = (text: string): void => void clipboard.writeText(text);
  setupTray(gateway, {
    createTray: (image) => new Tray(image),
    buildMenu: (template) => Menu.buildFromTemplate(template),
    icon: (shape) => trayIcon(shape, process.platform),
    texts,
    facts: () => trayFacts(gateway.state(), ask),
    platform: process.platform,
    actions: {
      copyText,
      copyEnvironment: (shell) => copyText(envLines(shell, gateway.state())),
      copyKey: (id) => void ask('keys.copy', { id }),
      setGuestMode: (provider, enabled) => void ask('provider.guestMode', { provider, enabled }),
      pause: (paused) => void ask('gateway.pause', { paused }),
      start: () => void ask('gateway.start', null),
      stop: () => void ask('gateway.stop', { now: false }),
      restart: () => void ask('gateway.stop', { now: false }).then(() => ask('gateway.start', null)),
      open: (route) => window.show(route),
      selfTest: () => void help.selfTest(),
      copyReport: () => void help.copyReport(),
      openLogs: () => void help.openLogs(),
      resetWindow: () => window.reset(),
      quit: () => app.quit(),
    },
  });
}

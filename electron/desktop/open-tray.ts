import { app, clipboard, Menu, Tray } from 'electron';
import { envLines } from '../../shared/env-lines.ts';
import type { Gateway } from '../gateway/shell.ts';
import type { Ask } from './asking.ts';
import type { Texts } from './texts.ts';
import { trayFacts } from './tray-facts.ts';
import { trayIcon } from './tray-icons.ts';
import { setupTray } from './tray.ts';
import { troubleshoot } from './troubleshoot.ts';
import type { UpdateState } from './updates/updates.ts';
import type { MainWindow } from './window.ts';

export interface OpenTrayParts {
  readonly gateway: Gateway;
  readonly ask: Ask;
  readonly window: MainWindow;
  readonly texts: () => Texts;
  readonly update: { readonly state: () => UpdateState; readonly go: () => void };
}

/**
 * The tray of this desktop; what it does goes through the contract, like what the window does. Answers with what to call when
 * there is news of updates.
 */
export function openTray({ gateway, ask, window, texts, update }: OpenTrayParts): () => void {
  const help = troubleshoot(gateway, ask, texts, app.getPath('userData'));
  const copyText = (text: string): void => void clipboard.writeText(text);
  return setupTray(gateway, {
    createTray: (image) => new Tray(image),
    buildMenu: (template) => Menu.buildFromTemplate(template),
    icon: (shape) => trayIcon(shape, process.platform),
    texts,
    facts: async () => ({ ...(await trayFacts(gateway.state(), ask)), update: update.state() }),
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
      update: update.go,
      quit: () => app.quit(),
    },
  });
}

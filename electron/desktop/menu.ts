import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Texts } from './texts.ts';

/**
 * macOS has one menu bar for all, and takes copy, paste and quit from it. Elsewhere the window needs none, unless
 * there is no tray: then this is the only place to quit from.
 */
export function setupMenu(texts: Texts, hasTray: boolean): void {
  if (process.platform === 'darwin') {
    const template: MenuItemConstructorOptions[] = [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }];
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    return;
  }
  const quit: MenuItemConstructorOptions = { label: 'Traygate', submenu: [{ role: 'quit', label: texts.quit }] };
  Menu.setApplicationMenu(hasTray ? null : Menu.buildFromTemplate([quit]));
}

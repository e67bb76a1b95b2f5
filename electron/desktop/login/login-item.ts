import type { App } from 'electron';
import type { Autostart, Launch } from './autostart.ts';

type LoginItems = Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;

/**
 * Start at login on macOS and Windows. macOS passes no arguments, and says by itself that it has started us at login; Windows
 * knows an entry by its program and arguments, and users switch it off in the Task Manager without removing it.
 */
export function loginItem(app: LoginItems, { name, program, args }: Launch, platform: 'darwin' | 'win32'): Autostart {
  const entry = platform === 'win32' ? { path: program, args: [...args] } : {};
  return {
    isOn() {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings(entry);
      return openAtLogin && (platform === 'darwin' || executableWillLaunchAtLogin);
    },
    set: (on) => app.setLoginItemSettings({ openAtLogin: on, ...(platform === 'win32' && { name }), ...entry }),
    // An entry with another path is another entry to Windows; macOS follows its application.
    refresh() {},
  };
}

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeSafely } from '../../gateway/storage/safe-write.ts';
import type { Autostart, Launch } from './autostart.ts';

/**
 * A word of an Exec line. The specification of desktop entries has two layers: what stands in quotes is escaped, and then every
 * backslash of the value is escaped once more. `%` begins a field code.
 */
function quoted(word: string): string {
  const inQuotes = word.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%');
  return `"${inQuotes.replaceAll('\\', String.raw`\\`)}"`;
}

export const desktopEntry = ({ program, args }: Pick<Launch, 'program' | 'args'>): string => `[Desktop Entry]
Type=Application
Name=Traygate
Icon=traygate
Exec=${[program, ...args].map(quoted).join(' ')}
Terminal=false
X-GNOME-Autostart-enabled=true
`;

/** Session managers switch an entry off by a line of their own instead of removing it. */
const switchedOff = /^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im;

/** Start at login as the XDG specification has it: a file in `autostart`. Electron has no call for it on Linux. */
export function xdgAutostart(configHome: string, launch: Launch): Autostart {
  const file = path.join(configHome, 'autostart', `${launch.name}.desktop`);
  const isOn = (): boolean => existsSync(file) && !switchedOff.test(readFileSync(file, 'utf8'));
  const write = (): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeSafely(file, desktopEntry(launch));
  };
  return {
    isOn,
    set(on) {
      if (on) write();
      else rmSync(file, { force: true });
    },
    refresh() {
      if (isOn() && readFileSync(file, 'utf8') !== desktopEntry(launch)) write();
    },
  };
}

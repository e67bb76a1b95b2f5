import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const repository = path.join(import.meta.dirname, '../../..');

/** What a process needs to run at all. The rest of the environment may hold settings of whoever runs the tests. */
const harmless =
  /^(PATH|HOME|USER|LANG|LC_.*|TMPDIR|TEMP|TMP|DISPLAY|XAUTHORITY|WAYLAND_DISPLAY|XDG_.*|DBUS_.*|SystemRoot|windir|APPDATA|LOCALAPPDATA|USERPROFILE|ELECTRON_.*|TRAYGATE_CHROMIUM|NODE_V8_COVERAGE)$/i;

export function cleanEnvironment(added: Record<string, string>): Record<string, string> {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined && harmless.test(name) ? [[name, value] as const] : [],
  );
  return { ...Object.fromEntries(kept), LANG: 'en_US.UTF-8', LANGUAGE: 'en_US', ...added };
}

export const newDataDir = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'traygate-e2e-'));

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

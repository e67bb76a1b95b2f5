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

export interface TakenPort {
  readonly port: number;
  free(): Promise<void>;
}

/** Listens on a port, any free one if 0, until it is let go. */
export async function takePort(wanted = 0): Promise<TakenPort> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(wanted, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    free: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A port nobody listens on: the wanted one if possible. */
export async function freePort(wanted = 0): Promise<number> {
  const taken = await takePort(wanted).catch(() => takePort());
  await taken.free();
  return taken.port;
}

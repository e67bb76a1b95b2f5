import path from 'node:path';
import { app, clipboard, safeStorage, shell } from 'electron';
import { readEnvironment } from '../gateway/settings/dotenv.ts';
import type { KeyKeeper, Shell } from '../gateway/shell.ts';
import { headlessKeyKeeper } from '../gateway/storage/key-file.ts';
import type { Arguments } from './arguments.ts';
import { openKeychain } from './keychain.ts';
import type { Links } from './open-links.ts';
import { secretCopy } from './secret-copy.ts';
import { openSettings } from './store.ts';

/** After ready: what the gateway needs of a desktop. */
export async function desktopShell({ host, port }: Arguments, docsDir: string, links: Links): Promise<Shell> {
  const dataDir = app.getPath('userData');
  // An installed application starts wherever the system likes, e.g. in a folder of downloads: a `.env` there is not the user's.
  const environment = readEnvironment(app.isPackaged ? dataDir : process.cwd(), process.env);
  const secrets = secretCopy(clipboard);
  app.on('will-quit', () => void secrets.forget());
  return {
    kind: 'desktop',
    version: app.getVersion(),
    dataDir,
    environment,
    keyKeeper: await keyKeeper(dataDir, environment['TRAYGATE_SECRET_KEY']?.trim()),
    settings: openSettings(dataDir),
    overrides: { ...(host !== undefined && { host }), ...(port !== undefined && { port }) },
    windowDir: null,
    docsDir: path.resolve(docsDir),
    copy: (secret) => secrets.copy(secret),
    openLink: (url) => shell.openExternal(url),
    showFile: (file) => shell.showItemInFolder(file),
    takeLink: () => links.take(),
    logToTerminal: false,
  };
}

async function keyKeeper(dataDir: string, passphrase: string | undefined): Promise<KeyKeeper> {
  if (passphrase !== undefined && passphrase !== '') return headlessKeyKeeper(dataDir, passphrase);
  return openKeychain({ dataDir, vault: safeStorage, platform: process.platform });
}

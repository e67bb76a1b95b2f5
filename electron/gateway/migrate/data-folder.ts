import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStorage } from '../backup/recover-database.ts';
import { settingsFile } from '../backup/recover-settings.ts';
import { defaultKeySecret } from '../keys/default-key.ts';
import { createKeyStore } from '../keys/store.ts';
import { createTokenStore, type TokenStore } from '../pool/token-store.ts';
import { createConfStore } from '../settings/conf-store.ts';
import { Settings } from '../settings/settings.ts';
import { databaseFile, makeDurable } from '../storage/database.ts';
import { headlessKeyKeeper } from '../storage/key-file.ts';
import { lockFolder } from '../storage/lock.ts';
import { privateFolder } from '../storage/private-files.ts';
import { StartError } from '../shell.ts';
import { createSealer } from '../storage/sealer.ts';
import { createSecrets, type Secrets } from '../storage/secrets.ts';
import type { KeyPlace } from './take-keys.ts';

/** What of a data folder can be added to, without a gateway. */
export interface DataFolder extends KeyPlace {
  readonly settings: Settings;
  readonly store: TokenStore;
}

export interface DataFolderOptions {
  readonly passphrase: string | undefined;
  /** What is done is done to a copy, and forgotten. */
  readonly dryRun: boolean;
  readonly now: number;
}

/**
 * Opens a data folder for as long as `work` runs. Throws StartError: `already_running` while a Traygate has it, and what else
 * a start would be refused with.
 */
export async function withDataFolder(
  dataDir: string,
  options: DataFolderOptions,
  work: (folder: DataFolder) => void,
): Promise<void> {
  if (!options.dryRun) {
    privateFolder(dataDir);
    return locked(dataDir, (unclean) => opened(dataDir, unclean, options, work));
  }
  const copy = mkdtempSync(path.join(tmpdir(), 'traygate-dry-run-'));
  try {
    if (existsSync(databaseFile(dataDir))) await locked(dataDir, async () => copyFolder(dataDir, copy));
    await opened(copy, false, options, work);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function locked(dataDir: string, work: (unclean: boolean) => Promise<void>): Promise<void> {
  const lock = lockFolder(dataDir);
  try {
    await work(lock.unclean);
  } finally {
    lock.release();
  }
}

async function opened(
  dataDir: string,
  unclean: boolean,
  { passphrase, now }: DataFolderOptions,
  work: (folder: DataFolder) => void,
): Promise<void> {
  const settings = new Settings(createConfStore(dataDir), []);
  const keyFile = path.join(dataDir, 'secret.key');
  const hadKeyFile = existsSync(keyFile);
  const sealer = createSealer(await headlessKeyKeeper(dataDir, passphrase).load());
  const { database } = openStorage(dataDir, { unclean, now });
  try {
    const [store, secrets, keys] = [
      createTokenStore(database, sealer),
      createSecrets(database, sealer),
      createKeyStore(database),
    ];
    if (isLocked(store, secrets)) {
      if (!hadKeyFile) rmSync(keyFile, { force: true });
      throw new StartError(
        'secret_key_wrong',
        `What is saved in ${dataDir} was sealed with another key. Set TRAYGATE_SECRET_KEY as it is set for Traygate, or bring its secret.key back.`,
        78,
      );
    }
    work({ settings, store, secrets, keys, now });
    makeDurable(database);
  } finally {
    database.close();
  }
}

/** With another key, what is added could not be read together with what is there. */
const isLocked = (store: TokenStore, secrets: Secrets): boolean =>
  store.load().some(({ secret }) => secret === null) ||
  (secrets.has(defaultKeySecret) && secrets.get(defaultKeySecret) === null);

function copyFolder(from: string, to: string): void {
  for (const file of [settingsFile(from), path.join(from, 'secret.key')])
    if (existsSync(file)) copyFileSync(file, path.join(to, path.basename(file)));
  const database = new DatabaseSync(databaseFile(from), { timeout: 5_000 });
  try {
    database.prepare('VACUUM INTO ?').run(databaseFile(to));
  } finally {
    database.close();
  }
}

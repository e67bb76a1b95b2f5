import { randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type KeyKeeper, StartError } from '../shell.ts';
import { privateFile } from './private-files.ts';
import { writeSafely } from './safe-write.ts';

const shortest = 16;
const KeyFile = z.object({ backend: z.literal('file'), key: z.base64() });

/**
 * Where the sealing key lies without a desktop keychain: in TRAYGATE_SECRET_KEY (any passphrase of 16 characters or more)
 * or in `secret.key`, mode 0600, which protects against other users but not against whoever reads this user's files.
 */
export function headlessKeyKeeper(dataDir: string, passphrase: string | undefined): KeyKeeper {
  if (passphrase !== undefined) {
    if (passphrase.trim().length < shortest) {
      throw new StartError(
        'invalid_environment',
        `TRAYGATE_SECRET_KEY is not allowed: it must be a passphrase of ${shortest} characters or more.`,
        78,
      );
    }
    return {
      kind: 'environment',
      // The salt is fixed: the same passphrase must give the same key on a new machine with a copied data folder.
      load: async () => scryptSync(passphrase, 'traygate sealing key', 32),
    };
  }
  const file = path.join(dataDir, 'secret.key');
  return {
    kind: 'key-file',
    async load() {
      if (!existsSync(file)) {
        const key = randomBytes(32);
        writeSafely(file, JSON.stringify({ backend: 'file', key: key.toString('base64') }));
        return key;
      }
      privateFile(file);
      const parsed = KeyFile.safeParse(readJson(file));
      const key = parsed.success ? Buffer.from(parsed.data.key, 'base64') : Buffer.alloc(0);
      if (key.length !== 32) {
        throw new StartError(
          'secret_key_unavailable',
          `${file} holds no key that can be read without the desktop (it may be sealed by its keychain). Start the desktop application, or use another --data-dir.`,
          78,
        );
      }
      return key;
    },
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { SafeStorage } from 'electron';
import { type KeyKeeper, StartError } from '../gateway/shell.ts';
import { readSavedKey, type SealedKey, writeSavedKey } from './saved-key.ts';

export type Vault = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>;

interface Place {
  readonly dataDir: string;
  readonly vault: Vault;
  readonly platform: NodeJS.Platform;
}

/**
 * The sealing key: 32 random bytes, sealed by the system's keychain into `secret.key`. Where Linux has no real keyring,
 * the bytes lie there unsealed, mode 0600, in the format headless mode uses, and the kind says so. A saved key is
 * never replaced: without it every stored token is lost.
 */
export async function openKeychain({ dataDir, vault, platform }: Place): Promise<KeyKeeper> {
  const file = path.join(dataDir, 'secret.key');
  const backend = await backendName(vault, platform);
  const saved = readSavedKey(file);
  if (saved !== null) {
    if ('key' in saved) return { kind: 'plain', load: async () => bytesOf(saved.key) };
    return { kind: 'keychain', load: () => unseal(file, saved, vault, backend) };
  }
  if (backend === null) {
    return {
      kind: 'plain',
      async load() {
        const key = randomBytes(32);
        writeSavedKey(file, { backend: 'file', key: key.toString('base64') });
        return key;
      },
    };
  }
  return {
    kind: 'keychain',
    async load() {
      const key = randomBytes(32);
      await seal(file, key.toString('base64'), vault, backend);
      return key;
    },
  };
}

/** Null where the system can keep no secret: `basic_text` means a key that is the same on every Linux computer. */
async function backendName(vault: Vault, platform: NodeJS.Platform): Promise<string | null> {
  if (!(await vault.isAsyncEncryptionAvailable())) return null;
  if (platform !== 'linux') return platform === 'darwin' ? 'keychain' : 'dpapi';
  const name = vault.getSelectedStorageBackend();
  return name === 'basic_text' || name === 'unknown' ? null : name;
}

async function seal(file: string, key: string, vault: Vault, backend: string): Promise<void> {
  const sealed = await vault.encryptStringAsync(key);
  writeSavedKey(file, { backend, sealed: sealed.toString('base64') });
}

async function unseal(file: string, saved: SealedKey, vault: Vault, backend: string | null): Promise<Uint8Array> {
  if (saved.backend !== backend) {
    throw unavailable(
      `The key that protects your tokens is sealed by ${saved.backend}, but this session offers ${backend ?? 'no keyring'}. ` +
        `Start Traygate in a session with ${saved.backend}. Nothing has been changed.`,
    );
  }
  try {
    const { result, shouldReEncrypt } = await vault.decryptStringAsync(Buffer.from(saved.sealed, 'base64'));
    const key = bytesOf(result);
    if (shouldReEncrypt) await seal(file, result, vault, backend);
    return key;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unavailable(
      `${saved.backend} could not open the key that protects your tokens (${reason}). ` +
        'Unlock it and start Traygate again. Nothing has been changed.',
    );
  }
}

function bytesOf(text: string): Uint8Array {
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw unavailable('secret.key does not hold a key of 32 bytes. Restore it from a backup.');
  return key;
}

const unavailable = (message: string): StartError => new StartError('secret_key_unavailable', message, 78);

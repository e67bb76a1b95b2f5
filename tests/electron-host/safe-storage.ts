// Like Chromium's basic_text backend: a constant key, so no secrecy, but the same shapes and the same errors.
// ELECTRON_HOST_SAFE_STORAGE names the backend to claim, or `none`.
import crypto from 'node:crypto';
import { app } from './app.ts';
import { strict } from './unsupported.ts';

const key = crypto.pbkdf2Sync('peanuts', 'saltysalt', 1, 16, 'sha1');
const iv = Buffer.alloc(16, ' ');

type Backend = 'basic_text' | 'gnome_libsecret' | 'kwallet' | 'kwallet5' | 'kwallet6' | 'unknown';
const claimed = () => process.env.ELECTRON_HOST_SAFE_STORAGE || 'gnome_libsecret';
const backend = () => (app.isReady() ? (claimed() as Backend) : 'unknown');
const isAvailable = () => app.isReady() && claimed() !== 'none';

function mustBeAvailable(doing: string, name: string) {
  if (isAvailable()) return;
  throw new Error(
    `Error while ${doing} the ${name}. ${doing === 'encrypting' ? 'Encryption' : 'Decryption'} is not available.`,
  );
}

function encryptString(text: string): Buffer {
  mustBeAvailable('encrypting', 'text provided to safeStorage.encryptString');
  const cipher = crypto.createCipheriv('aes-128-cbc', key, iv);
  return Buffer.concat([Buffer.from('v11'), cipher.update(text, 'utf8'), cipher.final()]);
}

function decryptString(data: Buffer): string {
  const what = 'ciphertext provided to safeStorage.decryptString';
  mustBeAvailable('decrypting', what);
  if (!/^v1[01]$/.test(data.toString('latin1', 0, 3))) {
    throw new Error(`Error while decrypting the ${what}. Ciphertext does not appear to be encrypted.`);
  }
  const decipher = crypto.createDecipheriv('aes-128-cbc', key, iv);
  return Buffer.concat([decipher.update(data.subarray(3)), decipher.final()]).toString('utf8');
}

export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: isAvailable,
  isAsyncEncryptionAvailable: async () => isAvailable(),
  getSelectedStorageBackend: backend,
  setUsePlainTextEncryption: () => {},
  encryptString,
  decryptString,
  encryptStringAsync: async (text: string) => encryptString(text),
  decryptStringAsync: async (data: Buffer) => ({ result: decryptString(data), shouldReEncrypt: false }),
});

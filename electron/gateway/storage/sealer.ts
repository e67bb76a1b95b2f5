import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const version = 1;
const ivLength = 12;
const tagLength = 16;

/** Encrypts secrets for storage. The context (e.g. `token:<id>`) is bound in, so a value cannot be moved to another row. */
export interface Sealer {
  seal(text: string, context: string): Uint8Array;
  /** Throws when the key, the context or a byte is not the one that was sealed. */
  unseal(sealed: Uint8Array, context: string): string;
}

/** AES-256-GCM; layout: version byte, 12 bytes IV, 16 bytes tag, ciphertext. */
export function createSealer(key: Uint8Array): Sealer {
  if (key.length !== 32) throw new Error('A sealing key has 32 bytes.');
  return {
    seal(text, context) {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(version), iv, cipher.getAuthTag(), sealed]);
    },
    unseal(sealed, context) {
      if (sealed[0] !== version) throw new Error('This secret was sealed in a way this version does not know.');
      const iv = sealed.subarray(1, 1 + ivLength);
      const tag = sealed.subarray(1 + ivLength, 1 + ivLength + tagLength);
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context)).setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed.subarray(1 + ivLength + tagLength)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}

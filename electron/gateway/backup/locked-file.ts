import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Refusal } from '../control/dispatch.ts';

const format = 'traygate-export';
const version = 1;
/** As OWASP advises: 128 MB and about half a second for each guess. Fixed by the version, so that no file can ask for more. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };

const derive = promisify<string, Uint8Array, number, typeof cost, Buffer>(scrypt);

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const Head = z.object({ format: z.literal(format), version: z.number().int() });
const File = Head.extend({
  version: z.literal(version),
  madeAt: z.number().int(),
  by: z.string().max(50),
  salt: bytes.refine(({ length }) => length === 16),
  iv: bytes.refine(({ length }) => length === 12),
  check: bytes.refine(({ length }) => length === 16),
  tag: bytes.refine(({ length }) => length === 16),
  data: bytes,
});

interface Made {
  /** Epoch milliseconds. */
  readonly madeAt: number;
  /** The version of Traygate. */
  readonly by: string;
}

/** The key, and what tells a wrong passphrase from a damaged file. */
async function keys(passphrase: string, salt: Uint8Array): Promise<{ key: Buffer; check: Buffer }> {
  const derived = await derive(passphrase.normalize('NFC'), salt, 64, cost);
  return {
    key: derived.subarray(0, 32),
    check: createHash('sha256').update(derived.subarray(32)).digest().subarray(0, 16),
  };
}

/** What stands in clear is bound in as well. */
const clear = ({ madeAt, by }: Made): Buffer => Buffer.from(JSON.stringify([format, version, madeAt, by]));

/** A text as a file that only its passphrase opens: scrypt, AES-256-GCM, and a header that says so. */
export async function lockText(text: string, passphrase: string, made: Made): Promise<string> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const { key, check } = await keys(passphrase, salt);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(clear(made));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const tag = cipher.getAuthTag();
  const encoded = Object.entries({ salt, iv, check, tag, data }).map(([name, value]) => [
    name,
    value.toString('base64'),
  ]);
  return `${JSON.stringify({ format, version, madeAt: made.madeAt, by: made.by, ...Object.fromEntries(encoded) }, null, 1)}\n`;
}

/** The text of such a file. Throws Refusal `export_unknown`, `export_newer`, `export_damaged`, `passphrase_wrong`. */
export async function unlockText(file: string, passphrase: string): Promise<{ text: string; made: Made }> {
  const damaged = () => new Refusal('This file is damaged.', 'export_damaged');
  const said = parseJson(file);
  const head = Head.safeParse(said);
  if (!head.success) throw new Refusal('This is no file that Traygate has exported.', 'export_unknown');
  if (head.data.version > version)
    throw new Refusal('This file was exported by a newer version of Traygate.', 'export_newer');
  const parsed = File.safeParse(said);
  if (!parsed.success) throw damaged();
  const { salt, iv, tag, data, madeAt, by } = parsed.data;
  const { key, check } = await keys(passphrase, salt);
  if (!timingSafeEqual(check, parsed.data.check)) throw new Refusal('The passphrase is wrong.', 'passphrase_wrong');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(clear({ madeAt, by })).setAuthTag(tag);
    return { text: Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8'), made: { madeAt, by } };
  } catch {
    throw damaged();
  }
}

/** Null for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

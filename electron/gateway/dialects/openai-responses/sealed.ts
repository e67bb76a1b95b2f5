import { z } from 'zod';
import { isObject } from '../shared/fields.ts';

/**
 * `encrypted_content` of our own reasoning items. Nothing is stored here, so the thinking travels with the client; the Vercel AI
 * SDK sends back only items that have this. It is always there, as OpenAI has it by now, whether or not `include` asks for it. It
 * is encoded, not encrypted: it holds what the client was shown anyway.
 */
const mark = 'traygate1.';
const Thinking = z.object({ text: z.string(), signature: z.string().optional() });
export type Thinking = z.infer<typeof Thinking>;

export function seal(thinking: Thinking): string {
  return mark + Buffer.from(JSON.stringify(thinking)).toString('base64url');
}

/** Undefined for what another service has sealed, and for what was damaged on the way. */
export function unseal(sealed: string): Thinking | undefined {
  if (!sealed.startsWith(mark)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(sealed.slice(mark.length), 'base64url').toString('utf8'));
    return isObject(value) ? Thinking.safeParse(value).data : undefined;
  } catch {
    return undefined;
  }
}

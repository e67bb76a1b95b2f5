import { createHmac } from 'node:crypto';

export interface SignatureInput {
  readonly prompt: string;
  readonly requestId: string;
  /** Epoch milliseconds; the same value goes into the query. */
  readonly timestamp: number;
  readonly userId: string;
}

/** The signature with what it is made of, so that a failing fixture shows at which step. */
export interface Signature {
  readonly metadata: string;
  readonly promptBase64: string;
  readonly canonical: string;
  readonly windowIndex: number;
  readonly derivedKey: string;
  readonly signature: string;
}

/** Part of the public page's script; it is no secret of anybody, only part of the algorithm. */
const pageKey = 'key-@@@@)))()((9))-xxxx&&&%%%%%';
const windowMs = 300_000;

/** The key of the window that is now: it holds for five minutes. */
let current: { readonly windowIndex: number; readonly key: string } | undefined;

function keyOf(windowIndex: number): string {
  if (current?.windowIndex !== windowIndex) current = { windowIndex, key: hmac(pageKey, String(windowIndex)) };
  return current.key;
}

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/**
 * X-Signature as the web page computes it since 2025-10-23 (scheme S5 of README: Signature). The second key is the
 * hexadecimal text of the first digest, not its bytes.
 */
export function sign(input: SignatureInput): Signature {
  const metadata = `requestId,${input.requestId},timestamp,${input.timestamp},user_id,${input.userId}`;
  const promptBase64 = Buffer.from(input.prompt, 'utf8').toString('base64');
  const canonical = `${metadata}|${promptBase64}|${input.timestamp}`;
  const windowIndex = Math.floor(input.timestamp / windowMs);
  const derivedKey = keyOf(windowIndex);
  return { metadata, promptBase64, canonical, windowIndex, derivedKey, signature: hmac(derivedKey, canonical) };
}

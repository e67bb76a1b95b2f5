import { createHmac } from 'node:crypto';

/**
 * The site's side of the request signature (the provider's README: Signature), written from the description and on purpose not
 * shared with the client under test.
 */
const secret = 'key-@@@@)))()((9))-xxxx&&&%%%%%';
const windowMs = 300_000;

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');

export interface Signed {
  readonly requestId: string;
  readonly timestamp: string;
  readonly userId: string;
  readonly prompt: string;
  readonly signature: string;
}

export function isSigned(signed: Signed, now: number): boolean {
  const time = Number(signed.timestamp);
  if (!Number.isFinite(time) || Math.abs(now - time) > windowMs) return false;
  const who = `requestId,${signed.requestId},timestamp,${signed.timestamp},user_id,${signed.userId}`;
  const text = `${who}|${Buffer.from(signed.prompt).toString('base64')}|${signed.timestamp}`;
  return hmac(hmac(secret, String(Math.floor(time / windowMs))), text) === signed.signature;
}

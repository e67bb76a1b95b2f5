import { createHash } from 'node:crypto';
import { isOwnSignature, ownSignatures, ownThinking } from '../../chat/own-signature.ts';

/**
 * Clients keep the signature of a thinking block and send it back. Where the provider has none, this is ours: it says nothing and
 * is recognised when it returns, so that no provider is given it as its own. When a client does not want to see the thinking
 * (`display: "omitted"`), the signature carries it, as Anthropic's do, and the next turn has it back.
 */
const { plain, carrying } = ownSignatures;

export function sign(thinking: string, shown: boolean): string {
  return shown
    ? plain + createHash('sha256').update(thinking).digest('base64url')
    : carrying + Buffer.from(thinking).toString('base64url');
}

/** What a block that came back stands for: its text, and its signature unless that was ours. */
export function verify(thinking: string, signature: string): { readonly text: string; readonly signature?: string } {
  if (isOwnSignature(signature)) return { text: ownThinking(thinking, signature) };
  return signature === '' ? { text: thinking } : { text: thinking, signature };
}

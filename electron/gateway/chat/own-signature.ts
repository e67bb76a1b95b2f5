/**
 * Signatures of thinking that Traygate has made because a provider had none begin like this. They mean nothing to any
 * provider, and a service that checks its own refuses them.
 */
export const ownSignatures = { plain: 'traygate1.', carrying: 'traygate1t.' } as const;

export function isOwnSignature(signature: string): boolean {
  return signature.startsWith(ownSignatures.plain) || signature.startsWith(ownSignatures.carrying);
}

/** The thinking of a block that Traygate has signed; where the client was not to see it, the signature holds it. */
export function ownThinking(thinking: string, signature: string): string {
  const hidden = thinking === '' && signature.startsWith(ownSignatures.carrying);
  return hidden ? Buffer.from(signature.slice(ownSignatures.carrying.length), 'base64url').toString() : thinking;
}

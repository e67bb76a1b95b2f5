/**
 * Signatures of thinking that Traygate has made because a provider had none begin like this. They mean nothing to any
 * provider, and a service that checks its own refuses them.
 */
export const ownSignatures = { plain: 'traygate1.', carrying: 'traygate1t.' } as const;

export function isOwnSignature(signature: string): boolean {
  return signature.startsWith(ownSignatures.plain) || signature.startsWith(ownSignatures.carrying);
}

/**
 * `#` and the first six hex digits of the SHA-256, as the gateway shows them. Null where the browser has no
 * cryptography (plain HTTP from another computer): the gateway then finds the duplicates alone.
 */
export async function fingerprintOf(value: string): Promise<string | null> {
  const subtle = (crypto as { subtle?: SubtleCrypto }).subtle;
  if (subtle === undefined) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(value)), 0, 3);
  return `#${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

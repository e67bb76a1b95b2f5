import { createHash } from 'node:crypto';
import type { Clipboard } from 'electron';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface SecretCopy {
  readonly copy: (secret: string) => Promise<void>;
  /** Takes the last secret back now, if it is still there. */
  readonly forget: () => Promise<void>;
}

/**
 * Lends a secret to the clipboard for a minute. What somebody else has copied meanwhile is left alone; the secret itself is not
 * kept to find that out.
 */
export function secretCopy(
  clipboard: Pick<Clipboard, 'readText' | 'writeText' | 'clear'>,
  lentMs = 60_000,
): SecretCopy {
  let lent: { readonly hash: string; readonly timer: NodeJS.Timeout } | null = null;
  const forget = async (): Promise<void> => {
    if (lent === null) return;
    const { hash, timer } = lent;
    lent = null;
    clearTimeout(timer);
    if (digest(await clipboard.readText()) === hash) clipboard.clear();
  };
  return {
    async copy(secret) {
      if (lent !== null) clearTimeout(lent.timer);
      // Nobody waits for it; a clipboard that cannot be read is nobody's to clear.
      lent = { hash: digest(secret), timer: setTimeout(() => void forget().catch(() => {}), lentMs).unref() };
      await clipboard.writeText(secret);
    },
    forget,
  };
}

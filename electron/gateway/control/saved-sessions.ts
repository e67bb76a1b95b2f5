import { z } from 'zod';
import type { Memory } from '../storage/secrets.ts';

const memoryKey = 'window.sessions';
const Saved = z.object({
  password: z.string(),
  sessions: z.array(z.object({ key: z.string(), since: z.number(), address: z.string() })).max(1_000),
});
export type SavedSession = z.infer<typeof Saved>['sessions'][number];

/**
 * Sessions of the window that outlive the process, so that a restart under an open page signs nobody out. Only hashes are kept;
 * with another password nobody is let in by them.
 */
export class SavedSessions {
  readonly #memory: Memory | null;
  readonly #password: string;

  constructor(memory: Memory | null, password: string) {
    this.#memory = memory;
    this.#password = password;
  }

  load(now: number): SavedSession[] {
    const text = this.#memory?.get(memoryKey);
    if (text === undefined) return [];
    const saved = Saved.safeParse(parsed(text));
    if (!saved.success || saved.data.password !== this.#password) return [];
    // A clock that was set back would make them last longer.
    return saved.data.sessions.filter(({ since }) => since <= now);
  }

  save(sessions: readonly SavedSession[]): void {
    this.#memory?.set(memoryKey, JSON.stringify({ password: this.#password, sessions: sessions.slice(-1_000) }));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

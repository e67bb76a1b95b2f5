import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Guesses } from '../http/guesses.ts';
import type { Memory } from '../storage/secrets.ts';
import { SavedSessions } from './saved-sessions.ts';

const codeLifeMs = 15 * 60_000;
const usualLifeMs = 12 * 60 * 60_000;

export type SignIn = { readonly ok: true; readonly session: string } | { readonly ok: false; readonly waitMs: number };

interface SignedIn {
  readonly since: number;
  readonly address: string;
  seen: number;
}

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

/**
 * Who may use the window in a browser: a one-time code from the terminal, or ADMIN_PASSWORD, becomes a session cookie.
 * Wrong tries are slowed down, each address by itself; every wrong credential gets the same answer.
 */
export class Sessions {
  readonly #codes = new Map<string, number>();
  readonly #sessions = new Map<string, SignedIn>();
  readonly #password: Buffer | null;
  readonly #clock: () => number;
  readonly #guesses: Guesses;
  /** What a session keeps open; called when it ends. */
  readonly #open = new Map<string, Set<() => void>>();

  readonly #lifeMs: () => number;
  readonly #saved: SavedSessions;

  /** @param lifeMs how long a session lasts, also one that has begun */
  constructor(
    password: string | null,
    clock: () => number,
    lifeMs: () => number = () => usualLifeMs,
    memory: Memory | null = null,
  ) {
    this.#lifeMs = lifeMs;
    this.#password = password === null ? null : digest(password);
    this.#clock = clock;
    this.#guesses = new Guesses(clock);
    this.#saved = new SavedSessions(
      memory,
      password === null ? '' : digest(digest(password).toString('hex')).toString('hex'),
    );
    for (const { key, since, address } of this.#saved.load(clock()))
      this.#sessions.set(key, { since, address, seen: since });
  }

  /** A code that signs in once within 15 minutes. */
  createCode(): string {
    const code = randomBytes(18).toString('base64url');
    this.#codes.set(digest(code).toString('hex'), this.#clock() + codeLifeMs);
    return code;
  }

  /** @param address of the client */
  signIn(credential: { readonly code: string } | { readonly password: string }, address = ''): SignIn {
    const waitMs = this.#guesses.wait(address);
    if (waitMs > 0) return { ok: false, waitMs };
    const right = 'code' in credential ? this.#useCode(credential.code) : this.#isPassword(credential.password);
    if (!right) return { ok: false, waitMs: this.#guesses.wrong(address) };
    const session = randomBytes(32).toString('base64url');
    const since = this.#clock();
    this.#sessions.set(digest(session).toString('hex'), { since, address, seen: since });
    this.#save();
    return { ok: true, session };
  }

  /** Whether a program that sends this may do what the window may; slowed down like signing in. */
  isAdmin(password: string, address = ''): { readonly ok: boolean; readonly waitMs: number } {
    const waitMs = this.#guesses.wait(address);
    if (waitMs > 0) return { ok: false, waitMs };
    if (this.#isPassword(password)) return { ok: true, waitMs: 0 };
    return { ok: false, waitMs: this.#guesses.wrong(address) };
  }

  isSignedIn(session: string): boolean {
    const key = digest(session).toString('hex');
    const found = this.#sessions.get(key);
    const now = this.#clock();
    if (found !== undefined && found.since + this.#lifeMs() > now) {
      found.seen = now;
      return true;
    }
    this.#sessions.delete(key);
    return false;
  }

  /** Who is signed in. The ids tell nothing of the cookies. */
  list(): { password: boolean; sessions: { id: string; address: string; since: number; seen: number }[] } {
    const now = this.#clock();
    const sessions = [...this.#sessions]
      .filter(([, { since }]) => since + this.#lifeMs() > now)
      .map(([key, { address, since, seen }]) => ({ id: key.slice(0, 16), address, since, seen }));
    return { password: this.#password !== null, sessions };
  }

  /** Signs out the session with this id of the list. False when it is no longer there. */
  end(id: string): boolean {
    const key = [...this.#sessions.keys()].find((known) => known.slice(0, 16) === id);
    if (key === undefined) return false;
    this.#forget(key);
    return true;
  }

  signOut(session: string): void {
    this.#forget(digest(session).toString('hex'));
  }

  #forget(key: string): void {
    this.#sessions.delete(key);
    this.#save();
    for (const close of this.#open.get(key) ?? []) close();
    this.#open.delete(key);
  }

  #save(): void {
    const now = this.#clock();
    const lasting = [...this.#sessions].filter(([, { since }]) => since + this.#lifeMs() > now);
    this.#saved.save(lasting.map(([key, { since, address }]) => ({ key, since, address })));
  }

  /** Has something closed as soon as the session is signed out. Returns what takes that back. */
  whileSignedIn(session: string, close: () => void): () => void {
    const key = digest(session).toString('hex');
    const open = this.#open.get(key) ?? new Set();
    this.#open.set(key, open.add(close));
    return () => {
      open.delete(close);
      if (open.size === 0) this.#open.delete(key);
    };
  }

  #isPassword(password: string): boolean {
    return this.#password !== null && timingSafeEqual(this.#password, digest(password));
  }

  #useCode(code: string): boolean {
    const key = digest(code).toString('hex');
    const until = this.#codes.get(key);
    this.#codes.delete(key);
    return until !== undefined && until > this.#clock();
  }
}

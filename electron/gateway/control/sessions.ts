import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const codeLifeMs = 15 * 60_000;
const sessionLifeMs = 12 * 60 * 60_000;
const freeFailures = 5;
const windowMs = 60_000;
const maxWaitMs = 60_000;

export type SignIn = { readonly ok: true; readonly session: string } | { readonly ok: false; readonly waitMs: number };

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

/**
 * Who may use the window in a browser: a one-time code from the terminal, or ADMIN_PASSWORD, becomes a session cookie.
 * Wrong tries are slowed down together, whoever makes them; every wrong credential gets the same answer.
 */
export class Sessions {
  readonly #codes = new Map<string, number>();
  readonly #sessions = new Map<string, number>();
  readonly #password: Buffer | null;
  readonly #clock: () => number;
  #failures: number[] = [];

  constructor(password: string | null, clock: () => number) {
    this.#password = password === null ? null : digest(password);
    this.#clock = clock;
  }

  /** A code that signs in once within 15 minutes. */
  createCode(): string {
    const code = randomBytes(18).toString('base64url');
    this.#codes.set(digest(code).toString('hex'), this.#clock() + codeLifeMs);
    return code;
  }

  signIn(credential: { readonly code: string } | { readonly password: string }): SignIn {
    const waitMs = this.#wait();
    if (waitMs > 0) return { ok: false, waitMs };
    const right = 'code' in credential ? this.#useCode(credential.code) : this.#isPassword(credential.password);
    if (!right) {
      this.#failures.push(this.#clock());
      return { ok: false, waitMs: this.#wait() };
    }
    const session = randomBytes(32).toString('base64url');
    this.#sessions.set(digest(session).toString('hex'), this.#clock() + sessionLifeMs);
    return { ok: true, session };
  }

  /** Whether a program that sends this may do what the window may; slowed down like signing in. */
  isAdmin(password: string): { readonly ok: boolean; readonly waitMs: number } {
    const waitMs = this.#wait();
    if (waitMs > 0) return { ok: false, waitMs };
    if (this.#isPassword(password)) return { ok: true, waitMs: 0 };
    this.#failures.push(this.#clock());
    return { ok: false, waitMs: this.#wait() };
  }

  isSignedIn(session: string): boolean {
    const key = digest(session).toString('hex');
    const until = this.#sessions.get(key);
    if (until !== undefined && until > this.#clock()) return true;
    this.#sessions.delete(key);
    return false;
  }

  signOut(session: string): void {
    this.#sessions.delete(digest(session).toString('hex'));
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

  /** Milliseconds until the next try: none for the first five wrong ones of a minute, then 2, 4, 8… s up to a minute. */
  #wait(): number {
    const now = this.#clock();
    this.#failures = this.#failures.filter((at) => at > now - windowMs);
    const extra = this.#failures.length - freeFailures;
    const last = this.#failures.at(-1);
    if (extra < 0 || last === undefined) return 0;
    return Math.max(0, last + Math.min(maxWaitMs, 1_000 * 2 ** (extra + 1)) - now);
  }
}

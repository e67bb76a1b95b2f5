import { randomUUID } from 'node:crypto';
import type { Script } from './scripts.ts';

/** Everybody the simulated site knows. A stale identity is logged out: its token no longer opens anything. */
export interface Identity {
  readonly id: string;
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly stale: boolean;
  script?: Script | undefined;
  /** Completions being answered now, and the most at once. */
  active: number;
  highWater: number;
}

export interface NewUser {
  readonly token?: string;
  readonly id?: string;
  readonly name?: string;
  readonly role?: string;
  readonly script?: Script;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Shaped like the site's tokens (the provider's README: Identity); the third segment says that it is none. */
export function fabricateToken(id: string, email: string): string {
  return `${base64url({ alg: 'ES256', typ: 'JWT' })}.${base64url({ id, email })}.${Buffer.from(`simulated-${id}`).toString('base64url')}`;
}

export class Identities {
  readonly #byToken = new Map<string, Identity>();
  #guests = 0;

  addUser(user: NewUser = {}): Identity {
    const id = user.id ?? randomUUID();
    const name = user.name ?? `user-${id.slice(0, 4)}`;
    const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@example.com`;
    return this.#add({
      id,
      name,
      email,
      role: user.role ?? 'user',
      token: user.token ?? fabricateToken(id, email),
      stale: false,
      script: user.script,
    });
  }

  addStale(): Identity {
    const id = randomUUID();
    const email = 'stale@example.com';
    return this.#add({
      id,
      name: 'stale',
      email,
      role: 'user',
      token: fabricateToken(id, email),
      stale: true,
      script: undefined,
    });
  }

  addGuest(now: number): Identity {
    this.#guests += 1;
    const id = randomUUID();
    const serial = now + this.#guests;
    const email = `guest-${serial}@guest.com`;
    return this.#add({
      id,
      name: `Guest-${serial}`,
      email,
      role: 'guest',
      token: fabricateToken(id, email),
      stale: false,
      script: undefined,
    });
  }

  find(token: string): Identity | undefined {
    return this.#byToken.get(token);
  }

  remove(token: string): void {
    this.#byToken.delete(token);
  }

  get guests(): number {
    return this.#guests;
  }

  #add(identity: Omit<Identity, 'active' | 'highWater'>): Identity {
    const whole: Identity = { ...identity, active: 0, highWater: 0 };
    this.#byToken.set(whole.token, whole);
    return whole;
  }
}

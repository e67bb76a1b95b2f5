import type { ChatError } from '../chat/errors.ts';
import type { Credential } from '../providers/provider.ts';

/** What a request asks of its credentials. */
export interface LeaseWish {
  /** Only credentials of this kind; any without. */
  readonly kind?: Credential['kind'];
  /** Only the token with this id. */
  readonly token?: string;
  /** False: its outcome is health, but no traffic of the user's, so the token's counters stay. */
  readonly counted?: boolean;
  /** Used only if nobody else is left. */
  readonly avoid?: ReadonlySet<string>;
  /** What a provider allows under one name (a model) for one credential at once. */
  readonly slot?: { readonly name: string; readonly limit: number } | undefined;
  /** The conversation it belongs to; asked for only where conversations stay with their token. */
  readonly conversation?: (() => string) | undefined;
  /** False: refused at once where it would have to wait, because somebody else can answer. */
  readonly wait?: boolean;
}

/** A credential for one attempt. Exactly one of `succeed`, `fail` and `release` ends it; further calls do nothing. */
export interface Lease {
  readonly credential: Credential;
  /** The first of the answer has come: a credential on probation is back. */
  answered(): void;
  succeed(): void;
  /**
   * Tells the pool why the attempt failed; whether that touches the credential is decided by the blame. With `spare` it is not
   * punished. True when it was: it rests now, or is not used again.
   */
  fail(error: ChatError, spare?: boolean): boolean;
  /** Gives it back without a verdict (the client left). */
  release(): void;
}

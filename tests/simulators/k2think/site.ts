import type { IncomingHttpHeaders } from 'node:http';
import type { Data } from './frames.ts';
import type { Script } from './scripts.ts';

/** One request as it arrived, and what became of it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Data;
  /** `aborted` when the client left before the end of the reply. */
  outcome: 'open' | 'finished' | 'aborted';
}

/** What a test may change while the simulator runs. */
export interface K2ThinkSettings {
  /** The guest page: `moved` redirects to it, `guarded` shows a challenge, `elsewhere` redirects to another site. */
  guestPage: 'open' | 'moved' | 'guarded' | 'elsewhere' | 'failing';
  /** Whether guests are answered at all. */
  guests: 'served' | 'refused';
  /** What guests of ended sessions get. */
  staleReply: 'page' | 401;
  models: readonly string[];
  /** How a sign-in names its token. */
  signIn: 'body' | 'cookie' | 'captcha';
  /** Seconds that a token of a sign-in is good for, as the site says it; null: it does not say. */
  expiresIn: number | null;
}

export const defaultSettings = (): K2ThinkSettings => ({
  guestPage: 'open',
  guests: 'served',
  staleReply: 401,
  models: ['MBZUAI-IFM/K2-Think-v2'],
  signIn: 'body',
  expiresIn: 3540,
});

export interface User {
  readonly email: string;
  readonly password: string;
  /** The tokens that are good now. */
  readonly tokens: Set<string>;
  script: Script | undefined;
}

export interface Site {
  readonly settings: K2ThinkSettings;
  readonly users: Map<string, User>;
  /** Guest id to the signature of its last conversation. */
  readonly guests: Map<string, string | undefined>;
  /** Conversation to its guest. */
  readonly conversations: Map<string, string>;
  script: Script;
}

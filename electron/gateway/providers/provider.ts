import type { Logger } from 'pino';
import type { DialectId } from '../../../shared/exchange.ts';
import type { ModelInfo } from '../../../shared/model.ts';
import type { Notice } from '../../../shared/notice.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import type { ChatEvent } from '../chat/events.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { Network } from '../network/network.ts';

/** What a provider is handed to prove who asks. The secret never leaves the provider's own requests. */
export interface Credential {
  /** Stable id: the token's database id, or `guest:<n>`. */
  readonly id: string;
  readonly kind: 'user' | 'guest';
  /** What the user sees: `Z1`, `Guest`. */
  readonly alias: string;
  readonly secret: string;
  /** The account id at the provider, when known. */
  readonly userId?: string;
}

/** A request as the client wrote it, in a dialect that a provider may speak as well. */
export interface Original {
  readonly dialect: DialectId;
  /** The parsed JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What the dialect says in headers, by lower-case name: `anthropic-beta`, `anthropic-version`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Marks on the way of one attempt; each is written to the exchange record with its time. */
export interface Trace {
  mark(moment: 'connected' | 'headers'): void;
  /** Something that was dropped or changed, visible on the exchange. */
  warn(notice: Notice): void;
}

export interface ProviderCall {
  readonly request: ChatRequest;
  /**
   * Set while nothing stands against handing the request on as it is: a provider of the same dialect sends this body with
   * its own model name and credential, and answers with `verbatim` events beside the others. Other providers ignore it.
   */
  readonly original?: Original | undefined;
  /** The model of this provider that the request resolved to. */
  readonly model: ModelInfo;
  /** `null` for a provider that needs none. */
  readonly credential: Credential | null;
  /**
   * `stream`: events are wanted as they come. `whole`: nothing is shown before the end, so text that the
   * provider may still rewrite should be held back until it is final.
   */
  readonly delivery: 'stream' | 'whole';
  /** Aborted when the client leaves or the gateway stops; the upstream must be closed at once. */
  readonly signal: AbortSignal;
  readonly trace: Trace;
  /** The gateways this request has come through, this one last; sent on, so that a circle is noticed. */
  readonly via?: string | undefined;
}

/** Takes one batch. A promise: no further batch before it resolves, because the client is slower. What it throws ends the answer. */
export type TakeEvents = (events: readonly ChatEvent[]) => Promise<void> | undefined;

/** Resolves after the last batch was taken; rejects with what `take` threw, after closing the upstream. */
export type Pour = (take: TakeEvents) => Promise<void>;

/**
 * Batches of events, one per chunk of upstream bytes. Throws ChatError for anything that goes wrong, and never
 * ends without a `finish` event. Leaving the loop early (return) closes the upstream. An async generator will do; where
 * answers are long, `poured` (pour.ts) makes one that costs no promise per batch.
 */
export interface ChatEvents extends AsyncIterable<readonly ChatEvent[]> {
  readonly pour?: Pour;
}

/** A pure, synchronous parser of one answer; `end` is called once when the body is over. */
export interface StreamParser {
  push(bytes: Uint8Array): ChatEvent[];
  end(): ChatEvent[];
}

export interface Verification {
  /** `unreachable`: nothing is known about the token, only the network or the provider failed. */
  readonly outcome: 'user' | 'guest' | 'invalid' | 'unreachable';
  readonly userId?: string;
  /** Masked account hint such as `j•••@g•••.com`. */
  readonly account?: string;
  /** One English sentence when the outcome is not `user`. */
  readonly reason?: string;
  /** The error of the table that it was, or `no_models` where a service lists none; the window translates by it. */
  readonly code?: string;
}

export interface GuestSession {
  readonly secret: string;
  readonly userId: string;
}

/** The addresses of a provider where the key decides which one is right. */
export interface BaseChoice {
  /** As the setting says it: one of the choices, or an address. */
  readonly value: string;
  readonly choices: readonly string[];
  /** For the other kind of key; null where nobody knows. */
  readonly other: string | null;
}

/** What a provider is. A folder exports a factory that returns one; the registry holds one line for each. */
export interface Provider {
  readonly id: ProviderId;
  /** As the user sees it; not translated. */
  readonly name: string;
  /** Whether requests need a credential from the pool. */
  readonly needsCredential: boolean;
  /** How many requests of one credential it takes at this model at once; the others wait in the pool. Without: as many as come. */
  concurrency?(model: ModelInfo): number;
  /** The catalogue as known now; never waits for the network. */
  models(): readonly ModelInfo[];
  /** Brings the catalogue up to date, with a credential's secret where the list is only for who has one; resolves also when the provider cannot be reached (the last good one is kept). */
  refreshModels(signal: AbortSignal, secret?: string): Promise<void>;
  /** Opens one answer. Resolves when the upstream has accepted the request; throws ChatError otherwise. */
  open(call: ProviderCall): Promise<ChatEvents>;
  /** Which of its addresses is asked now, where that is the user's choice (setting `providers.<id>.base`). */
  base?(): BaseChoice;
  /** Asks the provider whose token this is. */
  verify?(secret: string, signal: AbortSignal): Promise<Verification>;
  /** Creates and disposes of anonymous sessions, where the provider has them. */
  readonly guests?: {
    create(signal: AbortSignal): Promise<GuestSession>;
    dispose(session: GuestSession, signal: AbortSignal): Promise<void>;
  };
}

/** What the composition root gives every provider. */
export interface ProviderContext {
  readonly network: Network;
  readonly log: Logger;
  /** A small folder-less memory that survives restarts, for facts such as the last good front-end version. */
  readonly memory: { get(key: string): string | undefined; set(key: string, value: string): void };
}

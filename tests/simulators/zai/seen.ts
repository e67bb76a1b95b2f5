import type { IncomingHttpHeaders } from 'node:http';

/** One request as it arrived, and what became of it. */
export interface SeenRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly queryOrder: readonly string[];
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON, or the raw bytes of anything else. */
  body: unknown;
  /** Name of the identity that asked, once known. */
  identity: string | undefined;
  status: number | undefined;
  /** `open` while the reply is being written; `aborted` when the client left before its end. */
  outcome: 'open' | 'finished' | 'aborted';
}

const kept = 10_000;

/** The simulator's memory: what tests assert on. */
export class Seen {
  readonly requests: SeenRequest[] = [];
  readonly deletedChats: string[] = [];
  readonly sockets = { open: 0, highWater: 0, total: 0 };
  /** Completions being answered, over all identities. */
  readonly completions = { active: 0, highWater: 0 };

  add(request: SeenRequest): void {
    this.requests.push(request);
    if (this.requests.length > kept) this.requests.shift();
  }

  /** Completion attempts, oldest first. */
  get attempts(): SeenRequest[] {
    return this.to('/api/v2/chat/completions');
  }

  to(path: string, method?: string): SeenRequest[] {
    return this.requests.filter((request) => request.path === path && (!method || request.method === method));
  }

  clear(): void {
    this.requests.length = 0;
    this.deletedChats.length = 0;
    this.sockets.highWater = this.sockets.open;
    this.completions.highWater = this.completions.active;
  }
}

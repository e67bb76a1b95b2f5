import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ChatEvent } from '../chat/events.ts';
import type { ToolMode } from '../chat/tools/plan.ts';
import type { LeaseWish } from '../pool/lease.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import type { Exchange } from '../../../shared/exchange.ts';

/** What the gateway knows of a request of its own that its body does not say. */
export interface Mark {
  readonly purpose: Exchange['purpose'];
  readonly replayOf: string | null;
  /** Only this one may answer. */
  readonly provider: ProviderId | null;
  readonly lease: LeaseWish | undefined;
  readonly toolMode: ToolMode | null;
  /** The exchange has begun. */
  readonly took: (exchangeId: string) => void;
  /** What is on its way to the client, before the dialect has encoded it. */
  readonly saw: (events: readonly ChatEvent[]) => void;
}

export const ticketHeader = 'x-traygate-trial';

/** Marks that wait for their request. A ticket is random, good once and only inside this process, so no client can have one. */
export class Tickets {
  readonly #open = new Map<string, Mark>();

  issue(mark: Mark): string {
    const ticket = randomBytes(16).toString('hex');
    this.#open.set(ticket, mark);
    return ticket;
  }

  /** The mark of a request, if it carries a ticket. */
  readonly redeem = (headers: IncomingHttpHeaders): Mark | undefined => {
    const ticket = headers[ticketHeader];
    if (typeof ticket !== 'string') return undefined;
    const mark = this.#open.get(ticket);
    this.#open.delete(ticket);
    return mark;
  };

  /** Its request never came. */
  withdraw(ticket: string): void {
    this.#open.delete(ticket);
  }
}

import type { ChatEvent } from '../../../chat/events.ts';

/**
 * The events of one push, in order, adjacent text joined. For a whole reply tool events are kept for the end: there the
 * text is not shown before it is final, and calls come after the text that leads to them.
 */
export class Sink {
  readonly #toolsLast: boolean;
  readonly #later: ChatEvent[] = [];
  #events: ChatEvent[] = [];
  /** The last event, while it is text that may still grow. */
  #run: { readonly type: 'reasoning' | 'text'; text: string } | undefined;

  constructor(toolsLast: boolean) {
    this.#toolsLast = toolsLast;
  }

  /** Where events of tool calls go. */
  get tools(): ChatEvent[] {
    return this.#toolsLast ? this.#later : this.#events;
  }

  /** Where everything else goes. */
  get events(): ChatEvent[] {
    return this.#events;
  }

  text(type: 'reasoning' | 'text', text: string): void {
    if (!text) return;
    if (this.#run?.type === type && this.#events.at(-1) === this.#run) {
      this.#run.text += text;
    } else {
      this.#run = { type, text };
      this.#events.push(this.#run);
    }
  }

  /** A piece of a call's arguments, joined to the piece before it. */
  toolDelta(index: number, text: string): void {
    const { tools } = this;
    const last = tools.at(-1);
    const joins = last?.type === 'tool-call-delta' && last.index === index;
    if (joins) tools[tools.length - 1] = { ...last, arguments: last.arguments + text };
    else tools.push({ type: 'tool-call-delta', index, arguments: text });
  }

  /** The last events of the answer, after whatever was kept for its end. */
  close(...events: readonly ChatEvent[]): void {
    for (const event of this.#later) this.#events.push(event);
    this.#events.push(...events);
    this.#later.length = 0;
  }

  take(): ChatEvent[] {
    const events = this.#events;
    this.#events = [];
    this.#run = undefined;
    return events;
  }
}

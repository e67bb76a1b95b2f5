import type { Notice } from '../../../../shared/notice.ts';
import type { ChatEvent } from '../events.ts';
import { JsonEnd } from '../tools/ends.ts';

/** Words a model may put before its JSON; more is no preface. */
const maxPreface = 4_000;

/**
 * Leaves of a streamed answer's text only the JSON: neither a code fence nor words around it. Where none begins, or its
 * brackets do not add up, the text is passed on as it is. The value itself is never held back.
 */
export class JsonStripper {
  readonly #opening: '{' | '[';
  readonly #warn: (notice: Notice) => void;
  readonly #end = new JsonEnd();
  #state: 'before' | 'inside' | 'after' | 'passing' = 'before';
  #held = '';
  #calls = false;

  constructor(opening: '{' | '[', warn: (notice: Notice) => void) {
    this.#opening = opening;
    this.#warn = warn;
  }

  push(events: readonly ChatEvent[]): ChatEvent[] {
    return events.flatMap((event): ChatEvent[] => {
      this.#calls ||= event.type === 'tool-call-start';
      const text = event.type === 'text' ? this.#take(event.text) : event.type === 'finish' ? this.#rest() : undefined;
      if (text === undefined) return [event];
      return [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...(event.type === 'finish' ? [event] : [])];
    });
  }

  #take(text: string): string {
    if (this.#state === 'before') return this.#search(text);
    return this.#state === 'inside' ? this.#value(text) : this.#state === 'passing' ? text : '';
  }

  #search(text: string): string {
    const start = text.indexOf(this.#opening);
    if (start >= 0 && this.#held.length + start <= maxPreface) {
      this.#held = '';
      this.#state = 'inside';
      return this.#value(text.slice(start));
    }
    this.#held += text;
    return this.#held.length > maxPreface ? this.#rest() : '';
  }

  #value(text: string): string {
    const end = this.#end.push(text, 0, text.length);
    if (end < 0) return text;
    this.#state = this.#end.closed ? 'after' : 'passing';
    return this.#end.closed ? text.slice(0, end) : text;
  }

  #rest(): string {
    const held = this.#held;
    if (this.#state === 'before') {
      if (!this.#calls) this.#warn({ code: 'json_not_made' });
      this.#state = 'passing';
    }
    this.#held = '';
    return held;
  }
}

import type { ChatEvent } from '../../../chat/events.ts';
import { isRecord, parseJson, recordIn, textIn, type Json } from '../../wire/shared/json.ts';

/**
 * Calls of the client's tools, from the three shapes the site has used (README: Tool calls). Names the client did not
 * offer belong to tools the site runs itself, such as its search, and are not passed on.
 */

/** Tools the site has of its own, as far as their names were seen. */
export const siteTools: ReadonlySet<string> = new Set(['search', 'open']);

const callLimit = 128;

const argumentsText = (value: unknown): string =>
  typeof value === 'string' ? value : isRecord(value) || Array.isArray(value) ? JSON.stringify(value) : '';

export class ToolCalls {
  readonly #names: ReadonlySet<string>;
  readonly #newId: () => string;
  /** Position of each open call, by id and by the position the site gives it. */
  readonly #open = new Map<string, number>();
  readonly #ids = new Set<string>();
  /** The call that fragments without a name continue: its position, or `server` for one of the site's own. */
  #current: { readonly id: string | undefined; readonly name: string; readonly index: number | 'server' } | undefined;
  #count = 0;

  constructor(names: Iterable<string>, newId: () => string) {
    this.#names = new Set(names);
    this.#newId = newId;
  }

  /** Calls passed on so far. */
  get count(): number {
    return this.#count;
  }

  /** `delta_name` begins a call, `delta_arguments` continues it; only the first fragment carries the id. */
  fragment(data: Json, events: ChatEvent[]): void {
    const name = textIn(data, 'delta_name');
    const id = textIn(recordIn(data, 'metadata'), 'tool_call_id');
    if (name && (id === undefined || id !== this.#current?.id || name !== this.#current.name)) {
      this.close(events);
      const offered = this.#names.has(name) && this.#count < callLimit;
      this.#current = { id, name, index: offered ? this.#begin(id, name, events) : 'server' };
    }
    const text = argumentsText(data['delta_arguments']);
    if (text && typeof this.#current?.index === 'number') {
      events.push({ type: 'tool-call-delta', index: this.#current.index, arguments: text });
    }
  }

  /** A list as OpenAI writes it: whole calls, or pieces that name their call by index. */
  list(items: readonly unknown[], events: ChatEvent[]): void {
    for (const item of items) {
      if (!isRecord(item)) continue;
      const call = recordIn(item, 'function');
      const name = textIn(call, 'name');
      const place = typeof item['index'] === 'number' ? `index ${item['index']}` : undefined;
      const key = textIn(item, 'id') ?? place;
      const open = key === undefined ? undefined : (this.#open.get(key) ?? (place && this.#open.get(place)));
      const index =
        typeof open === 'number'
          ? open
          : this.#offered(name)
            ? this.#begin(textIn(item, 'id'), name, events)
            : undefined;
      if (index === undefined) continue;
      if (key !== undefined) this.#open.set(key, index);
      if (place !== undefined) this.#open.set(place, index);
      const text = argumentsText(call['arguments']);
      if (text) events.push({ type: 'tool-call-delta', index, arguments: text });
      if (key === undefined) events.push({ type: 'tool-call-end', index });
    }
  }

  /**
   * The JSON of one `glm_block`. False while the site may still rewrite it: the call is complete when its result is
   * null instead of an empty text, or when nothing more can come (`final`).
   */
  block(text: string, final: boolean, events: ChatEvent[]): boolean {
    const metadata = recordIn(recordIn(asRecord(parseJson(text)), 'data'), 'metadata');
    const name = textIn(metadata, 'name');
    if (!final && (!name || metadata['result'] !== null)) return false;
    const id = textIn(metadata, 'id');
    if (this.#offered(name) && (id === undefined || !this.#ids.has(id))) {
      const index = this.#begin(id, name, events);
      events.push({ type: 'tool-call-delta', index, arguments: argumentsText(metadata['arguments']) });
      events.push({ type: 'tool-call-end', index });
    }
    return true;
  }

  /** Ends whatever is open: something else has begun, or the answer is over. */
  close(events: ChatEvent[]): void {
    // Asked for every piece of text, and hardly ever is anything open.
    if (!this.#current && this.#open.size === 0) return;
    if (typeof this.#current?.index === 'number') events.push({ type: 'tool-call-end', index: this.#current.index });
    this.#current = undefined;
    for (const index of new Set(this.#open.values())) events.push({ type: 'tool-call-end', index });
    this.#open.clear();
  }

  #offered(name: string | undefined): name is string {
    return name !== undefined && this.#names.has(name) && this.#count < callLimit;
  }

  #begin(given: string | undefined, name: string, events: ChatEvent[]): number {
    const id = given !== undefined && given.length <= 200 && !this.#ids.has(given) ? given : this.#newId();
    const index = this.#count;
    this.#ids.add(id);
    this.#count += 1;
    events.push({ type: 'tool-call-start', index, id, name });
    return index;
  }
}

const asRecord = (value: unknown): Json => (isRecord(value) ? value : {});

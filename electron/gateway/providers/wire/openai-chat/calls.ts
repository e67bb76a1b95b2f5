import { isRecord, recordIn, textIn, type Json } from '../shared/json.ts';
import type { Sink } from '../shared/sink.ts';
import type { Source } from './source.ts';

interface Call {
  readonly id: string | undefined;
  /** Its number among the events; undefined until its name is known. */
  index: number | undefined;
  /** What came before the name. */
  early: string;
}

const callLimit = 128;
const longestName = 200;

const argumentsText = (value: unknown): string =>
  typeof value === 'string' ? value : isRecord(value) || Array.isArray(value) ? JSON.stringify(value) : '';

/**
 * The tool calls of one answer. A fragment belongs to the call at its index; without one, to the call with its id; without
 * either, to the last one. A service that numbers every call 0 gives each an id and a name of its own.
 */
export class Calls {
  readonly #source: Source;
  readonly #byPlace = new Map<number, Call>();
  readonly #byId = new Map<string, Call>();
  readonly #ids = new Set<string>();
  #last: Call | undefined;
  #seen = 0;
  /** Calls that have begun. */
  count = 0;
  /** Characters of arguments so far, with something for each fragment. */
  size = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  take(items: readonly unknown[], sink: Sink): void {
    for (const item of items) if (isRecord(item)) this.#fragment(item, sink);
  }

  /** Ends all calls: only the end of the answer says that nothing more comes. */
  close(sink: Sink): void {
    for (let index = 0; index < this.count; index += 1) sink.tools.push({ type: 'tool-call-end', index });
    const nameless = [...this.#byPlace.values(), ...this.#byId.values(), this.#last].some(
      (call) => call && call.index === undefined,
    );
    if (nameless && this.#source.verbatim === 'no') {
      this.#source.warn({ code: 'sent_unknown_part', provider: this.#source.provider, type: 'tool_calls' });
    }
  }

  #fragment(item: Json, sink: Sink): void {
    const body = isRecord(item['function']) ? item['function'] : recordIn(item, 'custom');
    const name = textIn(body, 'name')?.slice(0, longestName);
    const text = argumentsText(body['arguments'] ?? body['input']);
    const call = this.#find(item, name);
    if (!call) return;
    this.#last = call;
    this.size += text.length + 64;
    if (call.index === undefined && name !== undefined) this.#begin(call, name, sink);
    const whole = call.early + text;
    call.early = call.index === undefined ? whole : '';
    if (call.index !== undefined && whole !== '') sink.toolDelta(call.index, whole);
  }

  #find(item: Json, name: string | undefined): Call | undefined {
    const id = textIn(item, 'id');
    const place = typeof item['index'] === 'number' ? item['index'] : undefined;
    const known =
      place !== undefined
        ? this.#byPlace.get(place)
        : id !== undefined
          ? this.#byId.get(id)
          : name === undefined
            ? this.#last
            : undefined;
    const another = id !== undefined && name !== undefined && known?.id !== undefined && known.id !== id;
    if (known && !another) return known;
    // The last call goes on where a service counts only its first fragment.
    if (!known && id === undefined && name === undefined && this.#last) return this.#last;
    if (this.#seen >= callLimit) {
      this.#source.warn({ code: 'calls_left_out', limit: callLimit });
      return undefined;
    }
    this.#seen += 1;
    const call: Call = { id, index: undefined, early: '' };
    if (place !== undefined) this.#byPlace.set(place, call);
    if (id !== undefined) this.#byId.set(id, call);
    return call;
  }

  #begin(call: Call, name: string, sink: Sink): void {
    const given =
      call.id !== undefined && call.id.length <= longestName && !this.#ids.has(call.id)
        ? call.id
        : this.#source.newId();
    this.#ids.add(given);
    call.index = this.count;
    this.count += 1;
    sink.tools.push({ type: 'tool-call-start', index: call.index, id: given, name });
  }
}

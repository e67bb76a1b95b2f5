import type { ChatEvent } from '../../../chat/events.ts';
import { isRecord, textIn } from '../shared/json.ts';

/** More sources than any answer names; a bound for what is remembered of them. */
const most = 1_000;

/** Sources with an address, numbered in the order of their first mention; passages of the client's own documents have none. */
export class Citations {
  readonly #known = new Set<string>();

  take(citation: unknown): ChatEvent[] {
    if (!isRecord(citation)) return [];
    const url = [textIn(citation, 'url'), textIn(citation, 'source')].find((value) =>
      /^https?:\/\//i.test(value ?? ''),
    );
    if (url === undefined || this.#known.has(url) || this.#known.size >= most) return [];
    this.#known.add(url);
    const title = textIn(citation, 'title');
    return [{ type: 'citation', index: this.#known.size, url, ...(title !== undefined && { title }) }];
  }
}

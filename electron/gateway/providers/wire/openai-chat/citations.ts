import type { ChatEvent } from '../../../chat/events.ts';
import { isRecord, listIn, recordIn, textIn, type Json } from '../shared/json.ts';

const most = 200;
const isAddress = (url: string): boolean => url.length <= 2_000 && /^https?:\/\//i.test(url);

/** The sources of an answer, numbered by first sight; each once, and only what a browser opens. */
export class Citations {
  readonly #known = new Set<string>();

  /** Sources of a frame: OpenAI's annotations, and the lists Perplexity and Z.AI put beside the choices. */
  take(frame: Json, message: Json): ChatEvent[] {
    const annotations = (listIn(message, 'annotations') ?? []).map((note) => {
      return isRecord(note) && isRecord(note['url_citation']) ? note['url_citation'] : note;
    });
    const lists = ['search_results', 'citations', 'web_search'].flatMap((key) => listIn(frame, key) ?? []);
    return [...annotations, ...lists].flatMap((source) => this.#source(source));
  }

  #source(source: unknown): ChatEvent[] {
    const record = isRecord(source) ? source : {};
    const url = typeof source === 'string' ? source : (textIn(record, 'url') ?? textIn(record, 'link') ?? '');
    if (!isAddress(url) || this.#known.has(url) || this.#known.size >= most) return [];
    this.#known.add(url);
    const title = textIn(record, 'title') ?? textIn(recordIn(record, 'source'), 'title');
    return [{ type: 'citation', index: this.#known.size, url, ...(title && { title: title.slice(0, 500) }) }];
  }
}

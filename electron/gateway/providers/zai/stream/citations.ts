import type { ChatEvent } from '../../../chat/events.ts';
import { isRecord, textIn } from '../../wire/shared/json.ts';

/**
 * Sources of a searched answer (README: Citations). New shape: the result of a server-side tool defines references, and
 * the answer marks them as `【turn0search0】`. Old shape: a list of results, shown after the answer. A source gets its
 * number when it is first used, so that the numbers a reader sees begin with 1 and have no gaps.
 */

interface Source {
  readonly url: string;
  readonly title: string | undefined;
}

const markLimit = 80;
const lineLimit = 3_000;
const refLimit = 2_000;
const resultLimit = 50;

/** A web address that can stand in Markdown, or undefined for everything else, such as `javascript:`. */
export function safeUrl(text: string): string | undefined {
  if (text.length > 2_048 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || url.password) return undefined;
  const plain = /^[\x21-\x7e]+$/.test(text) ? text : url.href;
  return plain.replaceAll(/[()<>"\\`]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

const titleOf = (text: string | undefined): string | undefined =>
  text
    ?.replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 200) || undefined;

const escaped = (title: string): string => title.replaceAll(/[[\]\\<>]/g, (character) => `\\${character}`);

export class Citations {
  readonly #references = new Map<string, Source>();
  readonly #results: Source[] = [];
  /** By address: the same page has one number. */
  readonly #numbers = new Map<string, number>();
  #held = '';

  /** Lines `[ref_id=turn0search0†title†url]` in the text of a tool response. */
  addReferences(text: string): void {
    const opening = '[ref_id=';
    for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, at + 1)) {
      if (this.#references.size >= refLimit) return;
      const newline = text.indexOf('\n', at);
      const line = text.slice(at + opening.length, Math.min(newline === -1 ? text.length : newline, at + lineLimit));
      const [first, last] = [line.indexOf('†'), line.lastIndexOf('†')];
      const end = line.indexOf(']', last);
      at += line.length;
      if (first < 1 || last === first || end === -1) continue;
      const url = safeUrl(line.slice(last + 1, end));
      if (url) this.#references.set(line.slice(0, first), { url, title: titleOf(line.slice(first + 1, last)) });
    }
  }

  /** The old result list; items without an address cannot be cited and take no number. */
  addResults(items: readonly unknown[]): void {
    for (const item of items) {
      if (!isRecord(item) || this.#results.length >= resultLimit) continue;
      const url = safeUrl(textIn(item, 'url') ?? textIn(item, 'link') ?? '');
      const title = titleOf(textIn(item, 'title') ?? textIn(item, 'name'));
      if (url && !this.#results.some((known) => known.url === url)) this.#results.push({ url, title });
    }
  }

  /** Answer text with its marks turned into links; an unfinished mark waits for the next call. */
  resolve(text: string, events: ChatEvent[]): string {
    if (!this.#held && !text.includes('【')) return text;
    const all = this.#held + text;
    this.#held = '';
    let result = '';
    let at = 0;
    let close = all.indexOf('】');
    let open = all.indexOf('【');
    // Both brackets are only ever looked for behind the last find, so that a text of brackets alone stays cheap.
    while (open !== -1) {
      if (close !== -1 && close < open) close = all.indexOf('】', open);
      const next = all.indexOf('【', open + 1);
      if (close !== -1 && close - open <= markLimit && (next === -1 || close < next)) {
        const mark = all.slice(open + 1, close);
        result += all.slice(at, open) + (this.#link(mark, events) ?? `【${mark}】`);
        at = close + 1;
      } else if (close === -1 && next === -1 && all.length - open <= markLimit) {
        this.#held = all.slice(open);
        return result + all.slice(at, open);
      }
      open = next;
    }
    return result + all.slice(at);
  }

  /** A mark that was never finished. */
  flush(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }

  /** The result list that belongs under the answer. */
  footer(events: ChatEvent[]): string {
    if (this.#results.length === 0) return '';
    const lines = this.#results.map((source) => {
      const number = this.#number(source, events);
      return `[${number}] [${escaped(source.title ?? new URL(source.url).host)}](${source.url})`;
    });
    return `\n\n---\n${lines.join('\n')}`;
  }

  #link(mark: string, events: ChatEvent[]): string | undefined {
    const source = this.#references.get(mark.split('†', 1)[0] ?? mark);
    return source && `[${this.#number(source, events)}](${source.url})`;
  }

  #number({ url, title }: Source, events: ChatEvent[]): number {
    const known = this.#numbers.get(url);
    if (known !== undefined) return known;
    const index = this.#numbers.size + 1;
    this.#numbers.set(url, index);
    events.push({ type: 'citation', index, url, ...(title !== undefined && { title }) });
    return index;
  }
}

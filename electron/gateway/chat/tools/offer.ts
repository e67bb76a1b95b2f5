import type { Tool } from '../request.ts';

/** The tools a client has offered, found by the names models write. */
export class Offer {
  readonly #tools: ReadonlyMap<string, Tool>;
  /** By name in lower case, where that is not ambiguous. */
  readonly #loose = new Map<string, Tool | null>();

  constructor(tools: readonly Tool[]) {
    this.#tools = new Map(tools.filter(({ name }) => name !== '').map((tool) => [tool.name, tool]));
    for (const [name, tool] of this.#tools) {
      const key = name.toLowerCase();
      this.#loose.set(key, this.#loose.has(key) ? null : tool);
    }
  }

  /** Also found with the `functions.` before and the `:0` after it that Kimi writes, and in another case. */
  find(written: string): Tool | undefined {
    const exact = this.#tools.get(written);
    if (exact) return exact;
    const name = written.trim();
    const plain = name.replace(/^functions\./, '').replace(/:\d{1,4}$/, '');
    return this.#tools.get(name) ?? this.#tools.get(plain) ?? this.#loose.get(plain.toLowerCase()) ?? undefined;
  }

  /** Whether more characters may make it the name of a tool. */
  mayBecome(written: string): boolean {
    const start = written.toLowerCase();
    if ('functions.'.startsWith(start) || start.startsWith('functions.') || this.find(written)) return true;
    for (const name of this.#loose.keys()) if (name.startsWith(start)) return true;
    return false;
  }
}

/** The cookies of one session. Only names and values matter: every request goes to the origin that has set them. */
export class Cookies {
  readonly #values = new Map<string, string>();

  /** From a `Cookie` header. */
  static from(header: string): Cookies {
    const cookies = new Cookies();
    cookies.absorb(header.split(';'));
    return cookies;
  }

  /** Takes over `Set-Cookie` headers; each of them sets one cookie, and its attributes follow a semicolon. */
  absorb(headers: readonly string[]): void {
    for (const header of headers) {
      const [, name, value] = /^\s*([!#$%&'*+.^`|~\w-]+)=([\x21-\x3a\x3c-\x7e]*)/.exec(header) ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === '' || /;\s*max-age=(?:0|-\d+)\s*(?:;|$)/i.test(header)) this.#values.delete(name);
      else this.#values.set(name, value);
    }
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** As a `Cookie` header, with one more if wanted. */
  header(...more: readonly string[]): string {
    return [...[...this.#values].map(([name, value]) => `${name}=${value}`), ...more].join('; ');
  }
}

/** Takes `> ` off the beginning of each line, as the page quotes reasoning. Linear, at any split. */
export class Quotes {
  #at: 'line start' | 'after mark' | 'inside' = 'line start';

  push(text: string): string {
    return text
      .split('\n')
      .map((line, place) => {
        if (place > 0) this.#at = 'line start';
        return this.#line(line);
      })
      .join('\n');
  }

  #line(piece: string): string {
    let line = piece;
    if (line !== '' && this.#at === 'line start') {
      const marked = line.startsWith('>');
      this.#at = marked ? 'after mark' : 'inside';
      if (marked) line = line.slice(1);
    }
    if (line !== '' && this.#at === 'after mark') {
      this.#at = 'inside';
      if (line.startsWith(' ')) line = line.slice(1);
    }
    return line;
  }
}

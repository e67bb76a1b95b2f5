/** What users paste as the address of a service, brought into one form. */

/** Ends of paths that belong to one call and not to the base of all. */
const callPath = /\/(?:chat\/completions|completions|responses|embeddings|messages(?:\/count_tokens)?|models)$/i;

export interface BaseAddress {
  /** Without a slash at the end. Not checked: a text that is no URL comes back as it is. */
  readonly base: string;
  /** Whether the text itself says that nothing is to be added: it named a call, had a path, or ended with `#`. */
  readonly exact: boolean;
}

/**
 * The base of `text`: blanks, slashes, queries and a pasted call are taken off; a missing scheme is https, or http for this
 * computer. `#` at the end means "as it is", as some clients have it.
 */
export function baseAddress(text: string): BaseAddress {
  const trimmed = text.trim();
  if (trimmed === '') return { base: '', exact: true };
  const local = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?=[:/?#]|$)/i.test(trimmed);
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `${local ? 'http' : 'https'}://${trimmed}`;
  const fixed = /#\/*$/.test(whole);
  const path = whole.replace(/[?#].*$/s, '').replace(/(?<!\/)\/+$/, '');
  const base = path.replace(callPath, '').replace(/(?<!\/)\/+$/, '');
  return { base, exact: fixed || base !== path || !/^[^:]+:\/\/[^/]+$/.test(base) };
}

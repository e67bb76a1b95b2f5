/** Marks that turn the direction of text round, and control characters: shown, because they can make text look like another. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const hidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069]/gu;

/** What a model has written, with the characters that nobody sees made visible. */
export const visible = (text: string): string =>
  text.replaceAll(hidden, (mark) => `‹U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`);

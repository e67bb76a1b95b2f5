/** Characters that change the direction of what follows, or hide: text from outside can lie with them about what it says. */
const hidden = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C\u200B\u2060\uFEFF]/g;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\u0000-\u0008\u000B-\u001F\u007F]/g;

const code = (character: string): string => character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

/** Text of others as it is: control characters and marks of direction are shown, not obeyed. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(controls, (character) =>
      String.fromCharCode(character === '\u007F' ? 0x24_21 : 0x24_00 + character.charCodeAt(0)),
    )
    .replace(hidden, (character) => `⟦U+${code(character)}⟧`);
}

/** How many marks of direction or hidden characters a text holds. */
export const hiddenIn = (text: string): number => text.match(hidden)?.length ?? 0;

/** Parts that a page can lay out one by one: a single line of megabytes would stop it. Never splits a pair of surrogates. */
export function textParts(text: string, size = 2_000): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + size);
    // Not in the whole text: it would be gone through to its beginning each time.
    const line = text.slice(at, end).lastIndexOf('\n');
    if (end < text.length && line > size / 2) end = at + line + 1;
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd8_00 && last <= 0xdb_ff) end += 1;
    parts.push(text.slice(at, end));
    at = end;
  }
  return parts;
}

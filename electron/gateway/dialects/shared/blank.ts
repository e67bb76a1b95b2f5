/** Whether JSON text has nothing but JSON's own blanks; other characters that look blank are text, and no JSON. */
export function isBlank(json: string): boolean {
  return !/[^ \t\n\r]/.test(json);
}

/** A name that clients ask for and the models that may answer it; the first one that is offered does. `*` stands for any text. */
export interface Alias {
  readonly pattern: string;
  readonly targets: readonly string[];
}

const fast = ['GLM-4.5-Air', 'GLM-4.7', 'GLM-4.5', 'GLM-5'];
const strong = ['GLM-5', 'GLM-4.7', 'GLM-4.5'];
const thinking = ['GLM-4.7-Thinking', 'GLM-5', 'GLM-4.5-Thinking'];

const family = (targets: readonly string[], ...patterns: readonly string[]): Alias[] =>
  patterns.map((pattern) => ({ pattern, targets }));

/**
 * Names that clients ask for without being told to: the tiers of Claude Code, and the families that SDK examples and OpenAI
 * clients name. The first pattern that fits decides, so the cheap tiers stand before the rest of their family.
 */
export const defaultAliases: readonly Alias[] = [
  ...family(fast, 'haiku', 'claude-*haiku*'),
  ...family(thinking, 'opusplan'),
  ...family(strong, 'default', 'sonnet', 'opus', 'claude-*'),
  // Open weights that a server of one's own may offer: whoever asks for them does not want another model.
  ...family([], 'gpt-oss*'),
  ...family(fast, 'gpt-3.5*', 'gpt-*mini*', 'gpt-*nano*', 'codex-mini*', 'o1-mini*', 'o3-mini*', 'o4-mini*'),
  // These always think before they answer.
  ...family(thinking, 'o1', 'o1-*', 'o3', 'o3-*', 'o4-*'),
  ...family(strong, 'gpt-*', 'chatgpt-*', 'codex-*'),
];

/** No client names a model by more; what is longer fits no alias, so that a hostile name costs nothing. */
const longestName = 256;

/** Whether a name fits a pattern, without regard to case. Linear: the parts between the stars are found one after the other. */
export function fits(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at === -1 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}

/** The name without the mark of Claude Code for its long context, which is no part of any model's name. */
export const withoutContextMark = (name: string): string => name.replace(/\[1m\]$/i, '');

/** The first alias that fits a name. */
export function aliasOf(name: string, aliases: readonly Alias[]): Alias | undefined {
  return name.length > longestName ? undefined : aliases.find(({ pattern }) => fits(pattern, name));
}

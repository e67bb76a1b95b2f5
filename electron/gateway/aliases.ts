/** A name that clients ask for and the models that may answer it; the first one that is offered does. `*` stands for any text. */
export interface Alias {
  readonly pattern: string;
  readonly targets: readonly string[];
}

const fast = ['GLM-4.5-Air', 'GLM-4.7', 'GLM-4.5', 'GLM-5'];
const strong = ['GLM-5', 'GLM-4.7', 'GLM-4.5'];
const thinking = ['GLM-4.7-Thinking', 'GLM-5', 'GLM-4.5-Thinking'];

/**
 * Names that Claude Code asks for without being told to: its tiers and `claude-*`. The first pattern that fits decides, so
 * the cheap tier stands before the rest of the family.
 */
export const defaultAliases: readonly Alias[] = [
  { pattern: 'haiku', targets: fast },
  { pattern: 'claude-*haiku*', targets: fast },
  { pattern: 'opusplan', targets: thinking },
  { pattern: 'default', targets: strong },
  { pattern: 'sonnet', targets: strong },
  { pattern: 'opus', targets: strong },
  { pattern: 'claude-*', targets: strong },
];

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

/** The models to try for a name, in order; none when no alias fits. */
export function aliasTargets(name: string, aliases: readonly Alias[]): readonly string[] {
  return aliases.find(({ pattern }) => fits(pattern, name))?.targets ?? [];
}

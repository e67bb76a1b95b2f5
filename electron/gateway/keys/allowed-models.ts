import { ChatError } from '../chat/errors.ts';
import type { KeyHolder } from './client-keys.ts';

/** Whether a key may use a model that has these names. `*` stands for any characters; case does not matter. */
export function mayUse(holder: KeyHolder | null, names: readonly string[]): boolean {
  const models = holder?.record.limits.models ?? null;
  if (models === null) return true;
  return models.some((pattern) => names.some((name) => fits(pattern.toLowerCase(), name.toLowerCase())));
}

/** Those of the found models that a key may use. Throws ChatError `model_not_allowed` when it is none. */
export function usable<F extends { readonly model: { readonly id: string } }>(
  holder: KeyHolder | null,
  asked: string,
  found: readonly [F, ...F[]],
): readonly [F, ...F[]] {
  const [first, ...further] = found.filter(({ model }) => mayUse(holder, [asked, model.id]));
  if (first) return [first, ...further];
  throw new ChatError('model_not_allowed', `This API key may not use the model "${asked.slice(0, 100)}".`, {
    hint: 'Choose a model this key allows, or change the key in Traygate › Settings › Client keys.',
  });
}

/** In time linear in both: each part between stars is looked for once, from where the last one ended. */
function fits(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

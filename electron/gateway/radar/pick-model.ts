import type { ModelInfo } from '../../../shared/model.ts';

/** Words by which services name their small models. */
const small = /(?:^|[-_./:\s\d])(?:air|flash|haiku|instant|lite|mini|nano|small|tiny)(?![a-z])/i;
/** The same model asked for more: reasoning and searching cost time and allowance. */
const more = /thinking|reason|search/i;

/** The model a canary asks for: a small one if there is one, without reasoning or search, else the first of the list. */
export function pickModel(models: readonly ModelInfo[]): ModelInfo | undefined {
  const offered = models.filter(({ test }) => !test);
  const plain = offered.filter(({ id }) => !more.test(id));
  return plain.find(({ id }) => small.test(id)) ?? plain[0] ?? offered[0];
}

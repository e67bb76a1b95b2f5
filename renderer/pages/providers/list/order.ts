import type { ProviderId } from '../../../../shared/provider.ts';

/** The order with one provider a place further up (-1) or down (1); null where it cannot go. */
export function moved(ids: readonly ProviderId[], id: ProviderId, by: -1 | 1): ProviderId[] | null {
  const from = ids.indexOf(id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= ids.length) return null;
  return ids.toSpliced(from, 1).toSpliced(to, 0, id);
}

/** What is saved of it: without `local` at its end, which stays there by itself when another one is added. */
export const toSave = (ids: readonly ProviderId[]): ProviderId[] =>
  ids.at(-1) === 'local' ? ids.slice(0, -1) : [...ids];

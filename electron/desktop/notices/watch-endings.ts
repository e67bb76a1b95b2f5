import { z } from 'zod';
import type { Token } from '../../../shared/token.ts';
import type { SettingsStore } from '../../gateway/shell.ts';
import type { Notice } from './notice.ts';

const soonMs = 48 * 3_600_000;
/** The oldest of more have long ended. */
const most = 1_000;

/** Which tokens have been told of; across starts, for once is once. */
export interface Told {
  has(id: string): boolean;
  add(ids: readonly string[]): void;
}

const Ids = z.array(z.string());

export function toldIn(store: Pick<SettingsStore, 'get' | 'set'>): Told {
  let ids = Ids.safeParse(store.get('endingsTold')).data ?? [];
  return {
    has: (id) => ids.includes(id),
    add(fresh) {
      ids = [...ids, ...fresh].slice(-most);
      store.set('endingsTold', ids);
    },
  };
}

export interface EndingsParts {
  readonly told: Told;
  readonly clock: () => number;
  readonly nameOf: (provider: string) => string;
  /** Whether it was shown. */
  readonly tell: (notice: Notice) => boolean;
}

/** Tells of tokens that say they end within two days, once of each. */
export function watchEndings({ told, clock, nameOf, tell }: EndingsParts) {
  return (provider: string, tokens: readonly Token[]): void => {
    const now = clock();
    const ending = tokens.filter(
      ({ id, enabled, state, endsAt }) =>
        enabled && state !== 'invalid' && endsAt !== null && endsAt > now && endsAt - now < soonMs && !told.has(id),
    );
    if (ending.length === 0) return;
    const aliases = ending.map(({ alias }) => alias);
    const shown = tell({ kind: 'ending', aliases, name: nameOf(provider), route: `/providers/${provider}` });
    if (shown) told.add(ending.map(({ id }) => id));
  };
}

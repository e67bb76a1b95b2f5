import type { GatewayState, ProviderState } from '../../../shared/state.ts';
import { isHere } from '../../gateway/http/reach.ts';
import type { Notice } from './notice.ts';

const hourMs = 3_600_000;
/** A provider that comes back within a minute was not worth a word. */
const patienceMs = 60_000;
const manyWrongKeys = 5;

export interface StateWatchParts {
  readonly clock: () => number;
  /** Whether this may be told again. */
  readonly once: (key: string, everyMs: number) => boolean;
  readonly tell: (notice: Notice) => void;
  /** Looks at the state once more, after so long. */
  readonly lookAgain: (afterMs: number) => void;
}

const isOut = ({ enabled, total, usable }: ProviderState): boolean => enabled && total > 0 && usable === 0;

/** Finds in each state what has gone wrong since the last one. */
export function watchState({ clock, once, tell, lookAgain }: StateWatchParts): (state: GatewayState) => void {
  let failed = false;
  const outSince = new Map<string, number>();
  const told = new Set<string>();

  const stopped = ({ status, error, portTaken, port }: GatewayState): void => {
    const now = status === 'error';
    if (now && !failed) {
      tell(
        error?.code === 'port_in_use'
          ? { kind: 'port-taken', port, owner: portTaken?.owner ?? null }
          : { kind: 'stopped' },
      );
    }
    failed = now;
  };

  const provider = (current: ProviderState): void => {
    if (!isOut(current)) {
      outSince.delete(current.id);
      return;
    }
    const since = outSince.get(current.id);
    if (since === undefined) {
      outSince.set(current.id, clock());
      lookAgain(patienceMs);
      return;
    }
    if (clock() - since < patienceMs || !once(`provider ${current.id}`, hourMs)) return;
    const { id, name, state } = current;
    tell({ kind: 'provider', name, guests: state === 'guest', route: `/providers/${id}` });
  };

  const guessing = ({ guessing: who }: GatewayState): void => {
    if (who === null || who.wrong < manyWrongKeys || isHere(who.address)) return;
    if (once(`keys ${who.address}`, hourMs)) tell({ kind: 'wrong-keys', address: who.address, wrong: who.wrong });
  };

  return (state) => {
    stopped(state);
    for (const current of state.providers) provider(current);
    guessing(state);
    for (const { what, at } of state.recovered) {
      if (told.has(`${what} ${at}`)) continue;
      told.add(`${what} ${at}`);
      tell({ kind: 'recovered', what });
    }
  };
}

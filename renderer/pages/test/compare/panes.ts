import type { Exchange } from '../../../../shared/exchange.ts';
import { trialBody } from '../../../../shared/trial-body.ts';
import { call } from '../../../lib/backend.ts';
import { createStore } from '../../../lib/store.ts';
import { forgetTrial, startTrial, stopTrials, trialEnded } from '../../../lib/trials.ts';
import type { Whom } from '../choices.tsx';

export interface Pane extends Whom {
  readonly key: number;
  readonly trial: string | null;
  /** The rows of the answers since this model was chosen, oldest first. */
  readonly rows: readonly Exchange[];
}

export interface Comparison {
  readonly text: string;
  readonly panes: readonly Pane[];
  readonly syncScroll: boolean;
  /** How many answers of each pane are still wanted, while it runs. */
  readonly left: number;
}

export const mostPanes = 4;
export const fewestPanes = 2;
const repeats = 5;
const keptRows = 50;

let keys = 0;
const newPane = (model = ''): Pane => ({ key: ++keys, model, provider: '', token: '', trial: null, rows: [] });

/** Outside React: the comparison goes on while the user looks elsewhere. */
export const comparison = createStore<Comparison>({
  text: '',
  panes: [newPane(), newPane()],
  syncScroll: false,
  left: 0,
});

export const changeComparison = (change: Partial<Comparison>): void =>
  comparison.set({ ...comparison.get(), ...change });

function changePane(key: number, change: (pane: Pane) => Partial<Pane>): void {
  const { panes: before } = comparison.get();
  const at = before.findIndex((pane) => pane.key === key);
  const pane = before[at];
  if (!pane) return;
  const panes = before.with(at, { ...pane, ...change(pane) });
  changeComparison({ panes });
}

/** Another model has other figures. */
export const chooseWhom = (key: number, whom: Whom): void =>
  changePane(key, () => ({ model: whom.model, provider: whom.provider, token: whom.token, rows: [] }));

export const addPane = (): void => {
  const { panes } = comparison.get();
  if (panes.length < mostPanes) changeComparison({ panes: [...panes, newPane(panes.at(-1)?.model)] });
};

export const removePane = (key: number): void => {
  const { panes } = comparison.get();
  if (panes.length > fewestPanes) changeComparison({ panes: panes.filter((pane) => pane.key !== key) });
};

async function askOne({ key, model, provider, token, trial }: Pane, text: string): Promise<boolean> {
  forgetTrial(trial);
  const id = startTrial({
    dialect: 'openai-chat',
    body: trialBody({ dialect: 'openai-chat', model, text, stream: true }),
    provider: provider || null,
    token: token || null,
  });
  changePane(key, () => ({ trial: id }));
  const { exchangeId, end } = await trialEnded(id);
  const row = exchangeId === null ? null : await call('exchanges.get', { id: exchangeId }).catch(() => null);
  if (row) changePane(key, ({ rows }) => ({ rows: [...rows, row].slice(-keptRows) }));
  return end?.outcome !== 'cancelled';
}

/** Asks all panes at once, and again when all have answered, as often as wanted. */
async function ask(times: number, fallback: string): Promise<void> {
  if (comparison.get().left > 0) return;
  for (changeComparison({ left: times }); comparison.get().left > 0;) {
    const { panes, text } = comparison.get();
    for (const { key, model } of panes) if (model.trim() === '') changePane(key, () => ({ model: fallback }));
    const went = await Promise.all(comparison.get().panes.map((pane) => askOne(pane, text)));
    const { left } = comparison.get();
    changeComparison({ left: went.includes(false) ? 0 : Math.max(0, left - 1) });
  }
}

export const askAll = (fallback: string): void => void ask(1, fallback);
export const askAgain = (fallback: string): void => void ask(repeats, fallback);

export function stopAll(): void {
  const { panes } = comparison.get();
  changeComparison({ left: 0 });
  stopTrials(panes.flatMap(({ trial }) => trial ?? []));
}

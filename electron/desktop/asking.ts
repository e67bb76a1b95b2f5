import { type CallName, calls, type Input, type Output } from '../../shared/contract.ts';
import type { Gateway } from '../gateway/shell.ts';

/** The contract for the desktop itself: what it does goes the way of what the window does. */
export type Ask = <N extends CallName>(name: N, input: Input<N>) => Promise<Output<N> | null>;

/** Null when refused: the new state tells the user, and a line on the terminal whoever reads it. */
export const asking =
  ({ dispatch }: Pick<Gateway, 'dispatch'>): Ask =>
  async (name, input) => {
    const answer = await dispatch(name, input);
    if (!answer.ok) {
      console.error(`${name}: ${answer.error.message}`);
      return null;
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table pairs each name with its output, which TypeScript cannot follow through a generic name
    return calls[name].output.parse(answer.value) as Output<typeof name>;
  };

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CellState } from '../../../shared/figures.ts';
import { addExchange, emptyCell } from './cell.ts';
import type { Stay } from './health-log.ts';
import { type StripToken, stripsOf } from './strips.ts';
import { attempt, ended, failed, noon } from './testing/setting.ts';

const minute = 60_000;
const steps = { from: noon - 5 * minute, stepMs: minute, count: 5 };
const well: Stay = { state: 'idle', since: noon - 60 * minute, until: null };
const token = (stay: Stay = well, change: Partial<StripToken> = {}): StripToken => ({
  provider: 'zai',
  alias: 'Z1',
  id: 'id-1',
  stay,
  enabled: true,
  ...change,
});
const minutesAgo = (ago: number): number => noon - ago * minute;
const stay = (state: CellState, since: number, until: number | null = null): Stay => ({
  state,
  since: minutesAgo(since),
  until: until === null ? null : minutesAgo(until),
});

function cellAt(ago: number, ...attempts: Parameters<typeof attempt>[]) {
  const cell = emptyCell();
  addExchange(cell, ended(0, { attempts: attempts.map((one) => attempt(...one)) }));
  return { at: minutesAgo(ago), cell };
}

const short: Record<CellState, string> = { idle: '.', ok: 'o', degraded: 'd', cooling: 'c', invalid: 'x' };
const shown = (
  now: StripToken,
  past: readonly Stay[] = [],
  cells: readonly ReturnType<typeof cellAt>[] = [],
): string | undefined =>
  stripsOf([now], new Map([['zai/Z1', past]]), cells, steps, noon - 1)
    .strips[0]?.cells.map((state) => short[state])
    .join('');

const answered = cellAt(2, ['Z1']);
const cases: readonly [string, string | undefined, string][] = [
  ['a token that does nothing is idle', shown(token()), '.....'],
  ['one that answers is ok in that minute', shown(token(), [], [answered]), '...o.'],
  ['one that failed in a minute was degraded', shown(token(), [], [cellAt(2, ['Z1', failed('provider')])]), '...d.'],
  ['a bad request is not its fault', shown(token(), [], [cellAt(2, ['Z1', failed('request')])]), '...o.'],
  ['one that rests is cooling until its rest is over', shown(token(stay('cooling', 3, 1.5))), '..cc.'],
  ['a rest that lasts goes on to now', shown(token(stay('cooling', 2, -5))), '...cc'],
  ['an earlier rest is remembered', shown(token(stay('idle', 3), {}), [stay('cooling', 5, -5)]), 'ccc..'],
  ['rejected once is rejected until now', shown(token(stay('invalid', 400))), 'xxxxx'],
  ['the worst of a minute counts', shown(token(stay('cooling', 2, -5)), [], [answered]), '...cc'],
  [
    'one that is switched off shows what was, not what is',
    shown(token(stay('invalid', 3), { enabled: false })),
    '.....',
  ],
];
for (const [name, found, expected] of cases) test(name, () => assert.equal(found, expected));

test('guests have a strip when they answered', () => {
  const { strips } = stripsOf([], new Map(), [cellAt(1, ['Guest'])], steps, noon);
  assert.deepEqual(
    strips.map(({ alias, guest, id }) => [alias, guest, id]),
    [['Guest', true, null]],
  );
});

test('of very many tokens those with something to tell are shown, in their order', () => {
  const tokens = Array.from({ length: 500 }, (_, at) => token(well, { alias: `Z${at}`, id: `${at}` }));
  const { strips, leftOut } = stripsOf(tokens, new Map(), [cellAt(1, ['Z400'])], steps, noon);
  assert.deepEqual([strips.length, leftOut, strips.at(-1)?.alias], [40, 460, 'Z400']);
});

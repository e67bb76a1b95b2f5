/** The pool beside recorded runs of the Python server's: where it takes the same token, and where it does better and why. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { ChatError } from '../chat/errors.ts';
import { Pool } from './pool.ts';
import { storedToken } from './testing.ts';

const Op = z.union([
  z.tuple([z.literal('next')]),
  z.tuple([z.literal('next'), z.array(z.string())]),
  z.tuple([z.enum(['ok', 'fail']), z.string()]),
  z.tuple([z.literal('wait'), z.number()]),
]);
const Recorded = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      failure_threshold: z.number(),
      recovery_timeout_s: z.number(),
      tokens: z.array(z.object({ token: z.string(), type: z.enum(['user', 'guest', 'unknown']) })),
      steps: z.array(z.object({ op: Op, result: z.string().nullable().optional() })),
    }),
  ),
});

const file = path.join(import.meta.dirname, '../../../tests/fixtures/token-pool.json');
const recorded = Recorded.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Name of a case → what this pool gives instead, and why. */
const better: Readonly<Record<string, { readonly gives: string; readonly why: string }>> = {
  'guest-and-unknown-skipped': { gives: 'BC', why: 'a token that was never checked is tried: it may be good' },
  'disable-after-threshold': { gives: 'BBBB', why: 'a token that has just failed comes after the healthy ones' },
  'recovery-only-when-none-left': { gives: 'AAA', why: 'a rest that is over ends, although others answer' },
  'recovery-after-timeout': { gives: 'AAA', why: 'the last token is never put to rest for the fault of the provider' },
  'index-shift-skews': { gives: 'ABCAC', why: 'who waits longest is next, whoever has dropped out' },
};

type Case = (typeof recorded.cases)[number];

/** What `next` gave at each step, as the letters of the tokens; `-`: nobody. */
async function play({ tokens, steps, ...limits }: Case): Promise<string> {
  let now = 1_000_000;
  const pool = new Pool({
    provider: 'zai',
    name: 'Z.AI',
    clock: () => now,
    policy: () => ({ failureThreshold: limits.failure_threshold, recoveryMs: limits.recovery_timeout_s * 1000 }),
    guests: null,
    guestMode: () => false,
    changed: () => {},
  });
  for (const { token, type } of tokens) {
    pool.add(storedToken('zai', token));
    if (type === 'guest') pool.report(token, { type: 'verified', outcome: 'guest', message: null });
  }
  const { signal } = new AbortController();
  const only = (wanted: string) => new Set(tokens.flatMap(({ token }) => (token === wanted ? [] : [token])));
  let given = '';
  for (const { op } of steps) {
    if (op[0] === 'wait') now += op[1] * 1000;
    else if (op[0] === 'next') {
      const lease = await pool.lease(new Set(op[1]), signal).catch(() => null);
      given += lease ? letter(lease.credential.id) : '-';
      lease?.release();
    } else {
      const lease = await pool.lease(only(op[1]), signal);
      if (op[0] === 'ok') lease.succeed();
      else lease.fail(new ChatError('upstream_error', 'HTTP 500.'));
    }
  }
  return given;
}

const letter = (token: string): string => token.split('-')[1]?.[0] ?? '?';

for (const entry of recorded.cases) {
  const { gives, why } = better[entry.name] ?? {};
  const wanted = entry.steps.flatMap(({ op, result }) => (op[0] === 'next' ? [result ? letter(result) : '-'] : []));
  test(`${entry.name}${why ? `, only better: ${why}` : ''}`, async () => {
    assert.equal(await play(entry), gives ?? wanted.join(''));
    if (gives !== undefined) assert.notEqual(gives, wanted.join(''));
  });
}

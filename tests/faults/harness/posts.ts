/** What holds after every case, whatever was done to the gateway. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Token } from '../../../shared/token.ts';
import { send } from '../../api/http.ts';
import type { Product } from '../../api/product.ts';
import type { Case } from './case.ts';
import { adminPassword } from './start.ts';

const State = z.object({
  pid: z.number(),
  inFlight: z.number(),
  providers: z.array(z.object({ id: z.string(), needsToken: z.boolean() })),
});
const canary = /CANARY-\w+/;
/** Statuses of requests that were refused before they became one. */
const notAccepted = new Set([400, 401, 403, 404, 405, 408, 413, 415, 431]);

/** The 99th percentile of the product's event-loop delay since the last call, in milliseconds: a figure of `/metrics`. */
export async function eventLoopP99(product: Product): Promise<number> {
  const headers = { authorization: `Bearer ${adminPassword}` };
  const { text } = await send(product.url, { path: '/metrics', headers });
  return Number(/^nodejs_eventloop_lag_p99_seconds ([\d.e+-]+)$/m.exec(text)?.[1] ?? Number.NaN) * 1000;
}

/** PC1, PC3: nothing is in flight, and no connection to a service or use of a token is left behind. */
async function nothingLeft(t: Case): Promise<void> {
  const left = async () => {
    const { inFlight, providers } = State.parse(await t.product.call('state.get', null));
    const tokens = await Promise.all(
      providers.filter(({ needsToken }) => needsToken).map(({ id }) => t.product.call('tokens.list', { provider: id })),
    );
    const leased = tokens.flatMap((list) => z.array(Token).parse(list)).filter((token) => token.inFlight > 0).length;
    const sockets = t.faultds.reduce((sum, { openSockets }) => sum + openSockets, 0);
    return { inFlight, leased, sockets };
  };
  const begun = performance.now();
  const none = { inFlight: 0, leased: 0, sockets: 0 };
  let now = await left();
  while (JSON.stringify(now) !== JSON.stringify(none) && performance.now() - begun < 2_000 + 3 * t.lag) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    now = await left();
  }
  assert.deepEqual(now, none, 'PC1, PC3: two seconds after the case');
}

/** PC2: one row for each accepted request, at its end, with the attempts the services have seen. */
async function rowsComplete(t: Case): Promise<void> {
  const rows = await t.rows();
  const ids = rows.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'PC2: one row for a request');
  for (const { id, outcome, closed, attempts } of rows) {
    assert.ok(outcome !== 'active' && closed !== null, `PC2: ${id} is still ${outcome}`);
    assert.ok(
      attempts.every(({ ended }) => ended !== null),
      `PC2: an attempt of ${id} has no end`,
    );
    assert.ok(attempts.length <= 3, `PC2: ${attempts.length} attempts of ${id}`);
  }
  const asked = t.talks.filter(({ speech }) => speech && t.allowance.rowless === undefined);
  const accepted = asked.filter(({ status, end }) => end !== 'open' && status > 0 && !notAccepted.has(status));
  for (const { id, status } of accepted) assert.ok(ids.includes(id), `PC2: no row for ${id}, which got ${status}`);
  const sent = rows.reduce(
    (sum, { attempts }) => sum + attempts.filter(({ connected }) => connected !== null).length,
    0,
  );
  // What the gateway asks for itself (checks of tokens) names no gateway on its way.
  const seen = t.faultds
    .flatMap((faultd) => faultd.seen)
    .filter(({ headers }) => headers['x-traygate-hop'] !== '1').length;
  assert.ok(seen <= sent, `PC2: the services have seen ${seen} requests, the rows tell of ${sent}`);
}

/** PC5: no secret and no prompt where somebody could read it. */
function noCanary(t: Case): void {
  for (const { text, id } of t.talks) assert.doesNotMatch(text, canary, `PC5: in the answer ${id}`);
  assert.doesNotMatch(t.product.output, canary, 'PC5: on the terminal');
  for (const file of filesOf(t.product.dataDir))
    assert.ok(!readFileSync(file).includes('CANARY-'), `PC5: in ${path.basename(file)}`);
}

/** PC6: what is saved can be read, by this user only. */
function savedWell({ product: { dataDir } }: Case): void {
  if (process.platform !== 'win32') {
    for (const file of filesOf(dataDir)) assert.equal(modeOf(file), 0o600, `PC6: ${file}`);
    assert.equal(modeOf(dataDir), 0o700, 'PC6: the folder');
  }
  const settings = path.join(dataDir, 'settings.json');
  // Written when the first setting is saved.
  if (!existsSync(settings)) return;
  assert.equal(typeof JSON.parse(readFileSync(settings, 'utf8')), 'object', 'PC6: the settings');
}

const modeOf = (file: string): number => statSync(file).mode & 0o777;

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** PC7: what a client was given is the deltas of exactly one attempt, in their order. */
function oneAttempt(t: Case): void {
  const answers = t.faultds.flatMap((faultd) => faultd.seen.map(({ deltas }) => deltas.join('')));
  for (const { said, marked, id, speech } of t.talks) {
    if (!speech || said === '') continue;
    const fits = answers.filter((answer) => (marked ? answer === said : answer.startsWith(said)));
    assert.ok(fits.length > 0, `PC7: ${id} was told ${JSON.stringify(said.slice(0, 200))}, which no attempt has said`);
  }
}

/** Checks all that must hold after a case. `pid`: of the product before it. */
export async function check(t: Case, pid: number): Promise<void> {
  assert.ok(t.product.running, `PC4: the product has ended:\n${t.product.output.slice(-2_000)}`);
  assert.equal(t.product.pid, pid, 'PC4: the same process');
  if (t.allowance.running === undefined) {
    await nothingLeft(t);
    await rowsComplete(t);
  }
  const late = await eventLoopP99(t.product);
  if (t.allowance.busy === undefined) t.within(late, 200, 'PC4: 99 of 100 turns of the event loop');
  noCanary(t);
  savedWell(t);
  oneAttempt(t);
}

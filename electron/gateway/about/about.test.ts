import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { Backup } from '../../../shared/backup.ts';
import type { Reached } from '../../../shared/about.ts';
import type { GatewayState } from '../../../shared/state.ts';
import { createNetwork } from '../network/undici-network.ts';
import { reach } from './reach.ts';
import { selfTest, type SelfTestOptions } from './self-test.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-about-'));
after(() => rmSync(folder, { recursive: true }));

const server = createServer((_request, response) => response.writeHead(404).end('no such page'));
server.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
after(() => server.close());
const address = server.address();
const port = address && typeof address === 'object' ? address.port : 0;

test('any answer of a service will do; silence is told by its code and host', async () => {
  const network = createNetwork();
  const known = { provider: 'x', name: 'X', near: true };
  const good = await reach(network, { provider: 'x', name: 'X', address: `http://127.0.0.1:${port}/v1/deep` });
  assert.deepEqual(good, { ...known, host: `127.0.0.1:${port}`, ms: good.ms, code: null, message: null });
  assert.equal(typeof good.ms, 'number');
  const silent = await reach(network, { provider: 'x', name: 'X', address: 'http://127.0.0.1:1' });
  assert.deepEqual([silent.ms, silent.code, silent.host], [null, 'upstream_unreachable', '127.0.0.1:1']);
  await network.close();
});

test('through a proxy that is not there, what is elsewhere is not reached, and what is here still is', async () => {
  const network = createNetwork({ way: () => ({ proxy: 'http://127.0.0.1:1' }) });
  const at = (there: string) => reach(network, { provider: 'x', name: 'X', address: there });
  const [here, elsewhere] = [await at(`http://localhost:${port}`), await at('https://service.invalid/v1')];
  assert.deepEqual([here.near, here.code], [true, null]);
  assert.deepEqual([elsewhere.near, elsewhere.code], [false, 'proxy_unreachable']);
  await network.close();
});

const stopped = { status: 'stopped', baseUrl: 'http://127.0.0.1:1', keyRequired: true, secretStorage: 'keychain', providers: [{ id: 'local', enabled: true }] }; // prettier-ignore
const found = (name: string, ms: number | null): Reached => ({
  provider: name, name, host: name, near: false, ms, code: null, message: null,
}); // prettier-ignore

async function outcomesOf(changes: Partial<SelfTestOptions> = {}, state: object = {}): Promise<Record<string, object>> {
  const checks = await selfTest({
    // Nothing else of the state is looked at.
    state: () => ({ ...stopped, ...state }) as unknown as GatewayState,
    clientKey: () => 'sk-local-x',
    dataDir: folder,
    lockedTokens: () => 0,
    backups: () => [],
    reach: async () => [],
    ...changes,
  });
  return Object.fromEntries(checks.map(({ outcome, values }) => [outcome, values]));
}

test('a gateway that is stopped fails what asks it, and nothing else; no file is left behind', async () => {
  const outcomes = Object.keys(await outcomesOf());
  assert.deepEqual(outcomes.filter((outcome) => outcome !== 'diskLow' && outcome !== 'diskOk'), [
    'addressFailed', 'keyFailed', 'answerFailed', 'dataOk', 'secretsOk', 'backupNone', 'providersOff',
  ]); // prettier-ignore
  assert.deepEqual(readdirSync(folder), []);
});

test('each check says what it has found', async () => {
  const backup = { madeAt: 5, problem: null } as Backup;
  const damaged = { madeAt: 9, problem: 'damaged' } as Backup;
  const outcomes = await outcomesOf(
    {
      dataDir: path.join(folder, 'none'),
      lockedTokens: () => 3,
      backups: () => [damaged, backup],
      reach: async () => [found('A', 12), found('B', null)],
    },
    { keyRequired: false, providers: [{ id: 'local', enabled: false }] },
  );
  assert.deepEqual(outcomes['secretsLocked'], { locked: 3 });
  assert.deepEqual(outcomes['backupOk'], { at: 5 });
  assert.deepEqual(outcomes['providersSome'], { all: 2, reached: 1, names: 'B' });
  for (const outcome of ['keyOpen', 'answerOff', 'dataFailed', 'diskUnknown']) assert.ok(outcomes[outcome], outcome);
  const plain = await outcomesOf({ reach: async () => [found('B', null)] }, { secretStorage: 'plain' });
  assert.ok(plain['secretsPlain'] && plain['providersNone']);
  assert.ok((await outcomesOf({ reach: async () => [found('A', 1)] }))['providersOk']);
});

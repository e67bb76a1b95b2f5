/** Group I: a hostile user or process of this computer. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { GatewayState } from '../../shared/state.ts';
import { Product } from '../api/product.ts';
import { send } from '../api/http.ts';
import { fault } from './fault.ts';
import { adminPassword } from './harness/start.ts';
import { runToEnd } from './harness/to-end.ts';
import { portOf } from '../port-of.ts';

fault('F149', 'P0', 'no other user can read a file or enter a folder of the data', async (t) => {
  await t.ask(await t.service(['ok']));
  await t.product.call('backups.make', null);
  const { dataDir } = t.product;
  for (const entry of readdirSync(dataDir, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const most = entry.isDirectory() ? 0o700 : 0o600;
    assert.equal(statSync(file).mode & 0o777 & ~most, 0, file);
  }
  assert.equal(statSync(dataDir).mode & 0o777, 0o700);
}, { skip: process.platform === 'win32' && 'Windows has other rights' }); // prettier-ignore

fault('F150', 'P0', 'loopback is open to every user, so the key is needed there, too', async ({ product }) => {
  for (const route of ['/v1/models', '/models', '/v1/models/local/echo', '/anthropic/v1/models'])
    assert.equal((await send(product.url, { path: route })).status, 401, route);
  for (const route of ['/v1/chat/completions', '/v1/responses', '/v1/messages'])
    assert.equal((await send(product.url, { method: 'POST', path: route, body: '{}' })).status, 401, route);
  for (const route of ['/metrics', '/v1/token-pool/status', '/admin/api/events'])
    assert.equal((await send(product.url, { path: route })).status, 401, route);
});

const linux = process.platform !== 'linux' && 'only Linux shows it in this way';

fault('F152', 'P1', 'the process list shows no secret', async ({ product }) => {
  const shown = execFileSync('ps', ['-o', 'args=', '-p', String(product.pid)], { encoding: 'utf8' });
  assert.match(shown, /headless/);
  assert.doesNotMatch(shown, /CANARY/);
}, { skip: linux }); // prettier-ignore

/** Root may use what belongs to others; the rule itself is tried in electron/gateway/storage/storage.test.ts. */
const noOthers = (process.platform === 'win32' || process.getuid?.() === 0) && 'this user may use everything';

test('F155 a folder of another user ends the start with 78 and the reason', { skip: noOthers }, async () => {
  const { code, said } = await runToEnd(['--port', '0', '--data-dir', '/usr/bin']);
  assert.equal(code, 78);
  assert.match(said, /^\/usr\/bin cannot be used: it belongs to another user\. .+\n$/);
});

fault('F156', 'P0', 'a report holds no secret, no prompt and nothing of the environment', async (t) => {
  await t.ask(await t.service(['ok']));
  await t.ask(await t.service(['st:500']));
  const report = JSON.stringify(await t.product.call('support.preview', null));
  for (const secret of [t.product.key, adminPassword, 'CANARY']) assert.ok(!report.includes(secret), secret);
  assert.doesNotMatch(report, /AUTH_TOKEN|ADMIN_PASSWORD|"PATH"/);
});

test('F157: a program that has the port first and answers like us is named, and Traygate goes nowhere else in silence', async () => {
  const other = createServer((_request, response) => response.end('{"status":"ok"}')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = portOf(other);
  const said = await Product.start({}, undefined, { port }).then(
    async (product) => {
      await product.stop();
      return 'it started';
    },
    (error: Error) => error.message,
  );
  other.close();
  assert.match(said, new RegExp(`Port ${port} is already used by`));
});

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

test('F157: a program that answers like us at a part of our port is not taken for us', { skip: !hasIpv6 && 'no IPv6' }, async () => {
  const other = createServer((_request, response) => response.end('{"status":"ok"}'));
  await once(other.listen({ port: 0, host: '::1', ipv6Only: true }), 'listening');
  const port = portOf(other);
  const folder = mkdtempSync(path.join(tmpdir(), 'traygate-squat-'));
  const config = path.join(folder, 'config.json');
  // All addresses of IPv4: nothing is in its way.
  writeFileSync(config, JSON.stringify({ server: { host: '0.0.0.0' } }));
  const strong = 'sk-local-Qm3Zt8vXw1Rb5Ky7Lp2Nc4Hd6Jf9Gs0';
  const product = await Product.start({ AUTH_TOKEN: strong, TRAYGATE_CONFIG: config }, undefined, { port });
  try {
    const { stranger, addresses } = GatewayState.parse(await product.call('state.get', null));
    assert.deepEqual(addresses, [`0.0.0.0:${port}`]);
    assert.equal(stranger?.address, `[::1]:${port}`);
    if (process.platform === 'linux') assert.equal(stranger.owner?.pid, process.pid);
    assert.match(product.output, /answers at \[::1\]:\d+: localhost may mean it/);
  } finally {
    await product.stop();
    other.close();
    rmSync(folder, { recursive: true });
  }
}); // prettier-ignore

fault('F158', 'P1', 'secrets of the environment are not passed on or shown', async ({ product }) => {
  const environment = JSON.stringify(await product.call('state.get', null));
  assert.doesNotMatch(environment, /CANARY/);
  assert.doesNotMatch(product.output, /CANARY/);
  const log = readFileSync(path.join(product.dataDir, 'logs/traygate.log'), 'utf8');
  assert.doesNotMatch(log, /CANARY/);
});

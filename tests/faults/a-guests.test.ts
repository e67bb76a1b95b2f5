/** Groups A and C: a site with guests, when the tokens of the user cannot answer. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Token } from '../../shared/token.ts';
import { Product } from '../api/product.ts';
import { nowhere } from '../nowhere.ts';
import { scripts, startZaiSimulator, type ZaiSimulator } from '../simulators/zai/simulator.ts';

let zai: ZaiSimulator;
let product: Product;
before(async () => {
  zai = await startZaiSimulator();
  product = await Product.start({ ...nowhere, ZAI_BASE_URL: zai.url, ANONYMOUS_MODE: 'true' });
});
after(() => Promise.all([product.stop(), zai.close()]));

const ask = () => product.chat({ model: 'GLM-4.5', messages: [{ role: 'user', content: 'Hello' }] });
const tokens = async () => Token.array().parse(await product.call('tokens.list', { provider: 'zai' }));

test('F013: the only token is refused: a guest answers, and the row says so', async () => {
  const { token } = zai.users.add({ name: 'ann' });
  await product.call('tokens.add', { provider: 'zai', text: token, check: false });
  zai.answer(scripts.status(401, { detail: 'Not authenticated' }), token);
  const reply = await ask();
  assert.equal(reply.status, 200);
  const row = await product.row(String(reply.headers['x-request-id']));
  assert.deepEqual(row.attempts.map(({ credentialKind }) => credentialKind), ['user', 'guest']); // prettier-ignore
  assert.deepEqual((await tokens()).map(({ state }) => state), ['invalid']); // prettier-ignore
});

test('F055: own tokens cannot answer and guests cannot be had: an error, and no token is used in secret', async () => {
  zai.settings.auths = 'failing';
  zai.answer(scripts.status(401, { detail: 'Not authenticated' }));
  zai.seen.clear();
  const reply = await ask();
  assert.ok(reply.status >= 500, String(reply.status));
  // The invalid token is not asked again to help out.
  const [own] = await tokens();
  assert.equal(own?.state, 'invalid');
  assert.equal(zai.seen.attempts.filter(({ identity }) => identity === 'ann').length, 0);
  zai.settings.auths = 'normal';
  zai.answer(scripts.answer());
});

test('F067: a check finds that a token is a guest’s: it is kept out of the pool, and said so', async () => {
  const [own] = await tokens();
  await product.call('tokens.remove', { ids: [own?.id] });
  const { token } = zai.users.add({ name: 'eve', role: 'guest' });
  await product.call('tokens.add', { provider: 'zai', text: token, check: false });
  const [saved] = await tokens();
  await product.call('tokens.check', { ids: [saved?.id] });
  const [checked] = await tokens();
  assert.deepEqual([checked?.state, checked?.role, checked?.reasonCode], ['guest', 'guest', 'guest_token']);
  zai.seen.clear();
  assert.equal((await ask()).status, 200);
  assert.ok(zai.seen.attempts.every(({ identity }) => identity !== 'eve'));
});

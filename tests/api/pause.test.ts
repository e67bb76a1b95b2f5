/** "Pause all requests": what clients get meanwhile, what is left alone, and what the log says of it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Product } from './product.ts';

const question = (model: string) => ({ model, max_tokens: 50, messages: [{ role: 'user', content: 'Hello' }] });
const slow = 'WAIT 600\nREPEAT 1 All of it.';

let product: Product;
before(async () => {
  product = await Product.start();
});
after(async () => {
  await (product as Product | undefined)?.stop();
});

test('new requests get 503 in each dialect and are in the log; running ones and the list of models go on', async () => {
  const running = product.chat({ model: 'local/script', messages: [{ role: 'user', content: slow }] });
  for (;;) if ((await product.rows()).some(({ outcome }) => outcome === 'active')) break;
  await product.call('gateway.pause', { paused: true });

  const openAi = await product.chat(question('local/echo'));
  assert.equal(openAi.status, 503);
  assert.match(openAi.text, /"code":"paused"/);
  assert.equal(openAi.headers['x-should-retry'], 'false');
  const anthropic = await product.ask('/v1/messages', question('local/echo'), { 'anthropic-version': '2023-06-01' });
  assert.equal(anthropic.status, 503);
  assert.match(anthropic.text, /"type":"error"/);
  const row = await product.row(String(openAi.headers['x-request-id']));
  assert.equal(row.failure?.code, 'paused');

  assert.equal((await product.ask('/v1/models')).status, 200);
  const finished = await running;
  assert.equal(finished.status, 200);
  assert.match(finished.text, /All of it\./);
});

test('everything is as before once the pause is over', async () => {
  await product.call('gateway.pause', { paused: true });
  await product.call('gateway.pause', { paused: false });
  assert.equal((await product.chat(question('local/echo'))).status, 200);
});

/** The sums for Home: of real requests, beyond the clearing of Logs and a restart, and none of what Traygate asks by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Figures, windowNames } from '../../shared/figures.ts';
import { Product } from './product.ts';

const figuresOf = async (product: Product, window: string) =>
  Figures.parse(await product.call('figures.get', { window }));

test('sums of real requests survive the clearing of Logs and a restart', async () => {
  let product = await Product.start();
  try {
    assert.equal((await figuresOf(product, '1h')).since, null);
    const messages = [{ role: 'user', content: 'one two three' }];
    for (let at = 0; at < 3; at++) await product.chat({ model: 'local/echo', messages, stream: at === 0 });
    await product.chat({ model: 'local/error-500', messages });
    await product.chat({ model: 'no-such-model', messages });
    await product.call('radar.run', { provider: 'local' });
    await product.call('exchanges.clear', null);
    await product.stop({ keep: true });
    product = await Product.start({}, undefined, { home: product.home });
    for (const window of windowNames) {
      const { total, previous, slowest, errors } = await figuresOf(product, window);
      const { ok, clientError, upstreamError, cancelled, inputTokens, outputTokens, firstToken } = total;
      assert.deepEqual([ok, clientError, upstreamError, cancelled], [3, 1, 1, 0], window);
      assert.ok(inputTokens > 0 && outputTokens > 0 && firstToken.count === 3 && firstToken.p50 === null);
      assert.equal(previous.ok, 0);
      assert.deepEqual([slowest, errors], [[], []], 'of cleared rows only the sums are left');
    }
  } finally {
    await product.stop();
  }
});

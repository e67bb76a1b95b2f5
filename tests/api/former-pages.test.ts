/** The pages of the Python server lead to their successors. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { send } from './http.ts';
import { Product } from './product.ts';

const pages: readonly (readonly [former: string, now: string, status?: number])[] = [
  ['/admin', '/ui/'],
  ['/admin/', '/ui/'],
  ['/admin/login', '/ui/'],
  ['/admin/tokens', '/ui/#/providers'],
  ['/admin/config', '/ui/#/settings'],
  ['/admin/logs', '/ui/#/logs'],
  ['/redoc', '/docs/', 308],
];

let product: Product;
before(async () => {
  product = await Product.start();
});
after(() => product.stop());

for (const [former, now, expected = 302] of pages)
  test(`${former} leads to ${now}`, async () => {
    const { status, headers } = await send(product.url, { path: former });
    assert.deepEqual([status, headers.location], [expected, now]);
  });

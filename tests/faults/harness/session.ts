import assert from 'node:assert/strict';
import { send } from '../../api/http.ts';
import type { Product } from '../../api/product.ts';
import { adminPassword } from './start.ts';

/** A window in another browser: its own session, as a Cookie header. */
export async function signIn(product: Pick<Product, 'url'>): Promise<string> {
  const { headers, text } = await send(product.url, {
    method: 'POST',
    path: '/admin/api/session',
    headers: { 'content-type': 'application/json', 'x-traygate-window': '1' },
    body: JSON.stringify({ password: adminPassword }),
  });
  const [cookie] = headers['set-cookie']?.[0]?.split(';') ?? [];
  assert.ok(cookie, text);
  return cookie;
}

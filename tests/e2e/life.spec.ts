import { expect, test } from './fixtures.ts';
import { startDesktop } from './harness/desktop.ts';
import { takePort } from './harness/machine.ts';
import { header } from './harness/pages.ts';
import { runToEnd } from './harness/window.ts';

test.skip(({ shell }) => shell !== 'desktop', 'a server fails instead of asking: tests/faults/e-port.test.ts');

test('A3, F086: the window asks when the port is taken: it names the program and offers the next free port', async ({
  start,
}) => {
  const taken = await takePort(start.port);
  const product = await startDesktop(start);
  const told = product.page.getByRole('region', { name: 'Needs attention' });
  await expect(told).toContainText(`Port ${start.port} is already used by`);
  if (process.platform === 'linux') await expect(told).toContainText(`(process ${process.pid})`);
  const other = told.getByRole('button', { name: /^Use \d+$/ });
  const port = Number((await other.textContent())?.slice(4));
  await other.click();
  await expect(header(product.page).getByRole('button', { name: 'Running' })).toBeVisible();
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  await product.end();
  await taken.free();
});

test('F087: started again and again it stays one process, and the others end well', async ({ start }) => {
  const product = await startDesktop(start);
  const ends = await Promise.all(Array.from({ length: 5 }, () => runToEnd(start)));
  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
  expect((await fetch(`${product.baseUrl}/health`)).status).toBe(200);
  await product.end();
});

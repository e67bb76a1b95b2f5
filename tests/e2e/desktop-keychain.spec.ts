import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { startDesktop } from './harness/desktop.ts';
import type { Product, Start } from './harness/product.ts';
import { runToEnd } from './harness/window.ts';

test.skip(({ shell }) => shell !== 'desktop', 'without a desktop there is no keychain');
test.skip(process.env['ELECTRON_OVERRIDE_DIST_PATH'] === undefined, 'a real keyring cannot be exchanged by a program');

/** The same user in a session with another keyring, or with none. */
const inSessionOf = (start: Start, keyring: string): Start => ({
  ...start,
  environment: { ...start.environment, ELECTRON_HOST_SAFE_STORAGE: keyring },
});
const keyFile = ({ dataDir }: Start) => path.join(dataDir, 'secret.key');
const stateOf = ({ page }: Product) => page.evaluate(() => window.traygate?.call('state.get', null));

test('the key is sealed by the keyring, and another keyring neither opens nor replaces it', async ({ start }) => {
  const product = await startDesktop(start);
  expect(await stateOf(product)).toMatchObject({ value: { secretStorage: 'keychain' } });
  await product.end();
  const sealed = await readFile(keyFile(start), 'utf8');
  expect(JSON.parse(sealed)).toMatchObject({ backend: 'gnome_libsecret', sealed: expect.any(String) });

  const { code, said } = await runToEnd(inSessionOf(start, 'kwallet6'));
  expect(code).toBe(78);
  expect(said).toContain('sealed by gnome_libsecret, but this session offers kwallet6');
  expect(await readFile(keyFile(start), 'utf8')).toBe(sealed);
});

test('without a keyring it says where the key lies', async ({ start }) => {
  const product = await startDesktop(inSessionOf(start, 'basic_text'));
  expect(await stateOf(product)).toMatchObject({ value: { secretStorage: 'plain' } });
  await expect(product.page.getByText('This computer offers no keychain')).toBeVisible();
  if (process.platform !== 'win32') expect((await stat(keyFile(start))).mode & 0o777).toBe(0o600);
  await product.end();
});

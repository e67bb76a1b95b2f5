/**
 * Electron's checklist of security (docs/desktop.md), each point asked of the running application. What only real Electron enforces
 * holds there by the same lines.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { expect, test } from './fixtures.ts';
import { startDesktop } from './harness/desktop.ts';
import { repository } from './harness/machine.ts';
import { header } from './harness/pages.ts';
import type { Product } from './harness/product.ts';

test.skip(({ shell }) => shell !== 'desktop', "the browser's own rules are tested in hostile-page.spec.ts");

interface Row {
  readonly point: string;
  readonly seen: (product: Product) => Promise<unknown>;
  readonly wanted: unknown;
}

const inPage =
  <T>(look: () => T | Promise<T>) =>
  ({ page }: Product) =>
    page.evaluate(look);

/** What the page is told of an address: nothing it could use, or the way it was refused. */
const refusals = inPage(async () => {
  const tried = await Promise.all(
    ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'data:text/plain,x'].map((url) =>
      fetch(url).then(
        () => 'read',
        () => 'refused',
      ),
    ),
  );
  return [...new Set(tried)];
});

const inserted = (html: string) => async (product: Product) => {
  await product.page.evaluate((source) => {
    const holder = document.createElement('div');
    holder.append(document.createRange().createContextualFragment(source));
    document.body.append(holder);
  }, html);
  // A turn of the page, so that what would run has run.
  await product.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  return product.page.evaluate(() => ('hit' in window ? 'ran' : 'did not run'));
};

const rows: readonly Row[] = [
  {
    point: 'no Node and no Electron in the page',
    seen: inPage(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer'].filter((name) => name in window),
    ),
    wanted: [],
  },
  {
    point: 'the bridge is two functions that cannot be exchanged',
    seen: inPage(() => {
      const bridge: object = window.traygate ?? {};
      return [Object.keys(bridge).toSorted(), Object.isFrozen(bridge)];
    }),
    wanted: [['call', 'listen'], true],
  },
  {
    point: 'pages come from our own scheme, not from files',
    seen: async ({ app }) =>
      app?.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL().split('#')[0]),
      ),
    wanted: ['app://bundle/index.html'],
  },
  {
    point: 'nothing outside of the folder of pages is served',
    seen: inPage(async () => {
      const asked = ['/../../package.json', '/%2e%2e/%2e%2e/package.json', '/..%2f..%2fpackage.json', '/nothing.js'];
      const shown = asked.map(
        (at) =>
          new Promise<string>((resolve) => {
            const script = document.createElement('script');
            script.addEventListener('load', () => resolve('served'));
            script.addEventListener('error', () => resolve('not served'));
            script.src = at;
            document.head.append(script);
          }),
      );
      return [...new Set(await Promise.all(shown))];
    }),
    wanted: ['not served'],
  },
  {
    point: 'CSP: no script in the page itself',
    seen: inserted('<script>window.hit = true</script>'),
    wanted: 'did not run',
  },
  {
    point: 'CSP: no handlers in attributes',
    seen: inserted('<img src="x" onerror="window.hit = true">'),
    wanted: 'did not run',
  },
  {
    point: 'CSP: no text becomes code',
    seen: inPage(async () => {
      // Not in the turn that DevTools has begun: there everything is allowed.
      await new Promise((resolve) => setTimeout(resolve));
      try {
        return Reflect.construct(Function, ['return 1'])();
      } catch (error) {
        return error instanceof Error ? error.name : '';
      }
    }),
    wanted: 'EvalError',
  },
  { point: 'CSP: no connection anywhere, for the page asks over IPC', seen: refusals, wanted: ['refused'] },
  {
    point: 'CSP: no frame and no plugin',
    seen: inPage(async () => {
      const blocked: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        blocked.push(effectiveDirective),
      );
      for (const [tag, name] of [
        ['iframe', 'src'],
        ['object', 'data'],
      ] as const) {
        const element = document.createElement(tag);
        element.setAttribute(name, 'https://example.com/');
        document.body.append(element);
      }
      const deadline = Date.now() + 5_000;
      while (blocked.length < 2 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      return blocked.toSorted();
    }),
    wanted: ['frame-src', 'object-src'],
  },
  {
    point: 'permissions: none for what the page does not need',
    seen: inPage(async () => {
      const place = new Promise<string>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('located'),
          ({ code }) => resolve(code === 1 ? 'denied' : 'nowhere'),
        );
      });
      const ears = navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'heard',
        () => 'denied',
      );
      return [await place, await ears];
    }),
    wanted: ['denied', 'denied'],
  },
  {
    point: "permissions: the handlers are set, and a device is nobody's",
    seen: async ({ app }) =>
      app?.evaluate(({ session }) => {
        // Only the stand-in shows what was set; on Electron the row above is what counts.
        const known = session.defaultSession as unknown as Record<string, unknown>;
        const names = ['permissionCheckHandler', 'permissionRequestHandler', 'devicePermissionHandler'];
        if (!names.some((name) => name in known)) return 'set';
        return names.every((name) => typeof known[name] === 'function') ? 'set' : 'missing';
      }),
    wanted: 'set',
  },
  {
    point: 'navigation: the page stays, and opens no window',
    seen: async ({ page, app }) => {
      const before = page.url();
      await page.evaluate(() => {
        window.open('https://example.com/');
        location.href = 'https://example.com/';
      });
      await page.evaluate(() => window.traygate?.call('state.get', null));
      return [page.url() === before, app?.windows().length];
    },
    wanted: [true, 1],
  },
  {
    point: 'IPC: what is not in the contract is not run',
    seen: inPage(async () => {
      const codes: unknown[] = [];
      for (const [name, input] of [
        ['no.such', null],
        ['__proto__', null],
        ['gateway.stop', { now: 'yes' }],
      ] as const)
        codes.push(await window.traygate?.call(name, input));
      return codes.map((answer) =>
        typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : answer,
      );
    }),
    wanted: ['unknown_call', 'unknown_call', 'invalid_input'].map((code) => expect.objectContaining({ code })),
  },
  {
    point: 'secrets: a saved token does not come back to the page',
    seen: async ({ page }) => {
      const secret = 'sk-hardening-0123456789abcdef0123456789abcdef';
      const told = await page.evaluate(async (token) => {
        const call = (name: string, input: unknown) => window.traygate?.call(name, input);
        await call('tokens.add', { provider: 'zai-api', text: token, check: false, trusting: true });
        const answers = [
          await call('tokens.list', { provider: 'zai-api' }),
          await call('state.get', null),
          await call('settings.get', null),
          await call('support.preview', null),
        ];
        return JSON.stringify(answers);
      }, secret);
      return [/"fingerprint":"#[\da-f]{6}"/.test(told), told.includes(secret), told.includes(secret.slice(3, 30))];
    },
    wanted: [true, false, false],
  },
  {
    point: 'the gateway: this computer only, no foreign host, no key no answer, no page of anybody',
    seen: async ({ baseUrl, page }) => {
      const addresses = await page.evaluate(() => window.traygate?.call('state.get', null));
      const bare = await fetch(`${baseUrl}/v1/models`);
      const foreign = await fetch(`${baseUrl}/v1/models`, { headers: { origin: 'https://example.com' } });
      return [addresses, bare.status, foreign.status, foreign.headers.get('access-control-allow-origin')];
    },
    wanted: [expect.objectContaining({ value: expect.objectContaining({ host: '127.0.0.1' }) }), 401, 403, null],
  },
  {
    point: 'the fuses of what is packaged',
    seen: async () => {
      const file = await readFile(path.join(repository, 'electron-builder.yml'), 'utf8');
      const built: unknown = parse(file);
      return typeof built === 'object' && built !== null && 'electronFuses' in built ? built.electronFuses : null;
    },
    wanted: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    },
  },
];

test('the checklist of security holds, point by point', async ({ start }) => {
  test.slow();
  // Not the fixture, which takes what the page reports of refusals for faults.
  const product = await startDesktop(start);
  await header(product.page).waitFor();
  for (const { point, seen, wanted } of rows)
    await test.step(point, async () => expect.soft(await seen(product), point).toEqual(wanted));
  await product.end();
});

/** Group E: signals, sleep, clocks, proxies, loops, few files and little memory. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import path from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Token } from '../../shared/token.ts';
import { Product } from '../api/product.ts';
import { Faultd } from './harness/faultd.ts';
import { inject } from './harness/inject.ts';
import { type Script, begin, delta, tailOf, write } from './harness/scripts.ts';
import { speechOf, Talk } from './harness/talk.ts';
import { runToEnd } from './harness/to-end.ts';
import { portOf } from '../port-of.ts';

const skip = process.platform === 'win32' ? 'Windows has no signals and no ulimit' : false;
const chat = speechOf('openai-chat');

function talk(product: Product, model: string, more: object = {}): Talk {
  return new Talk(
    product,
    chat.path,
    chat,
    JSON.stringify({ ...chat.body('hello'), model, stream: true, ...more }),
    {},
  );
}

async function addService(product: Product, baseUrl: string, keys: readonly string[]): Promise<void> {
  const provider = { kind: 'openai-compatible', name: 'Faulty', baseUrl, models: ['faulty'] };
  await product.call('provider.add', { provider, keys: keys.join('\n') });
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; await sleep(20)) if (await holds()) return;
  assert.fail(`did not come about: ${what}`);
}

const withProduct = async (work: (product: Product) => Promise<void>, ...how: Parameters<typeof Product.start>) => {
  const product = await Product.start(...how);
  try {
    await work(product);
  } finally {
    product.signal('SIGCONT');
    await product.stop();
  }
};
const withFaultd = async (work: (faultd: Faultd) => Promise<void>) => {
  const faultd = await Faultd.start();
  try {
    await work(faultd);
  } finally {
    await faultd.close();
  }
};

/** Deltas for so many seconds. */
const lasting =
  (seconds: number): Script =>
  async (turn) => {
    if (!(await begin(turn, 1))) return;
    for (let left = seconds * 5; left > 0; left--) {
      await sleep(200);
      if (!(await write(turn, delta(turn)))) return;
    }
    turn.response.end(tailOf(turn));
  };

describe('life', { concurrency: 2 }, () => {
  test(
    'F091 stopped, short answers end well, long ones with a frame, nothing new begins, and the code is 0',
    { skip },
    () =>
      withFaultd(async (faultd) => {
        const product = await Product.start();
        const [short, long] = [faultd.key(lasting(3)), faultd.key(lasting(60))];
        await addService(product, `${faultd.url}/v1`, [short]);
        const finishing = Array.from({ length: 10 }, () => talk(product, 'faulty'));
        await Promise.all(finishing.map((one) => one.until(({ said }) => said !== '')));
        faultd.script(short, lasting(60));
        faultd.script(long, lasting(60));
        const cut = Array.from({ length: 10 }, () => talk(product, 'faulty'));
        await Promise.all(cut.map((one) => one.until(({ said }) => said !== '')));
        product.signal('SIGTERM');
        await Promise.all(finishing.map((one) => one.done));
        for (const one of finishing) assert.deepEqual([one.marked, one.error], [true, undefined]);
        assert.equal((await talk(product, 'faulty').done).end, 'cut', 'it no longer listens');
        await Promise.all(cut.map((one) => one.done));
        for (const one of cut) assert.deepEqual([one.marked, one.error, one.end], [false, 'shutting_down', 'complete']);
        await until('it ends', () => !product.running);
        assert.equal(product.exitCode, 0);
        product.remove();
      }),
  );

  test('F091 a second signal ends it at once', { skip }, () =>
    withFaultd(async (faultd) => {
      const product = await Product.start();
      await addService(product, `${faultd.url}/v1`, [faultd.key('hang-body')]);
      const running = talk(product, 'faulty');
      await until('it runs', () => faultd.active === 1);
      product.signal('SIGTERM');
      await sleep(700);
      assert.ok(product.running, 'the first signal waits for answers');
      product.signal('SIGTERM');
      await running.done;
      await until('it ends', () => !product.running);
      assert.equal(product.exitCode, 0);
      product.remove();
    }),
  );

  test('F090 killed, it listens on the same port again', async () => {
    const first = await Product.start();
    await first.kill();
    await withProduct(
      async (second) => {
        assert.equal(second.port, first.port);
        assert.equal((await second.ask('/v1/models')).status, 200);
      },
      {},
      undefined,
      { home: first.home, port: first.port },
    );
  });

  test(
    'F092 stopped for a while and its connections broken: the next request is answered, the interrupted one told',
    { skip },
    async () => {
      const upstreamPorts = new Set<number | undefined>();
      const server = createServer((asked, response) => {
        upstreamPorts.add(asked.socket.remotePort);
        asked.resume();
        if (asked.method === 'GET') return response.end(JSON.stringify({ object: 'list', data: [{ id: 'faulty' }] }));
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const piece = (content: string) =>
          `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content } }] })}\n\n`;
        response.write(piece('one '));
        if (asked.headers.authorization?.endsWith('-hangs')) return undefined;
        const last = {
          id: 'x',
          object: 'chat.completion.chunk',
          choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
        };
        return response.end(`${piece('two')}data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`);
      }).listen(0, '127.0.0.1');
      server.keepAliveTimeout = 60_000;
      await once(server, 'listening');
      const port = portOf(server);
      const sockets = () => server.closeAllConnections();
      try {
        await withProduct(async (product) => {
          await addService(product, `http://127.0.0.1:${port}/v1`, ['key-0123456789-good']);
          await product.call('provider.add', {
            provider: {
              kind: 'openai-compatible',
              name: 'Hangs',
              baseUrl: `http://127.0.0.1:${port}/v1`,
              models: ['slow'],
            },
            keys: 'key-0123456789-hangs',
          });
          assert.equal((await talk(product, 'faulty').done).said, 'one two');
          const interrupted = talk(product, 'slow');
          await interrupted.until(({ said }) => said === 'one ');
          product.signal('SIGSTOP');
          await sleep(13_000);
          sockets();
          product.signal('SIGCONT');
          const next = await talk(product, 'faulty').done;
          assert.deepEqual([next.status, next.said, next.marked], [200, 'one two', true]);
          assert.deepEqual([(await interrupted.done).error, interrupted.marked], ['upstream_disconnect', false]);
          const row = (await product.rows()).find(({ id }) => id === next.id);
          assert.equal(row?.attempts.length, 1, 'on a connection of its own, at the first try');
        });
      } finally {
        server.closeAllConnections();
        server.close();
      }
    },
  );

  test('F094 the clock is set by an hour, back and to 1970: a rest keeps its length and its shown end', () =>
    withFaultd(async (faultd) => {
      // Each file in the folder sets the clock of the process by its milliseconds.
      const set = inject(`
        import { existsSync, readFileSync } from 'node:fs';
        const real = Date.now.bind(Date);
        const file = FOLDER + '/by';
        Date.now = () => real() + (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);`);
      try {
        await withProduct(async (product) => {
          await addService(product, `${faultd.url}/v1`, [faultd.key('st:429;ra=600')]);
          assert.equal((await talk(product, 'faulty').done).status, 429);
          for (const by of [3_600_000, -3_600_000, -Date.now()]) {
            writeFileSync(path.join(set.folder, 'by'), String(by));
            const refused = await talk(product, 'faulty').done;
            assert.deepEqual([refused.status, refused.error], [503, 'no_token_available'], String(by));
            const left = Number(/returns in (\d+) s/.exec(refused.text)?.[1]);
            assert.ok(left > 500 && left <= 660, `${by}: ${left} s`);
            const [token] = z.array(Token).parse(await product.call('tokens.list', { provider: 'faulty' }));
            const shown = (token?.until ?? 0) - (Date.now() + by);
            assert.ok(shown > 500_000 && shown <= 660_000, `${by}: shown ${shown} ms`);
          }
          assert.equal(faultd.seen.length, 1, 'nobody was asked during the rest');
        }, set.environment);
      } finally {
        set.remove();
      }
    }));

  test('F095 proxies that lead nowhere: this computer is reached, others not, and the error names the proxy', async () => {
    for (const NO_PROXY of ['', '*.example, ,[::', '127.0.0.1']) {
      const dead = 'http://127.0.0.1:9';
      const environment = {
        HTTP_PROXY: dead, HTTPS_PROXY: dead, ALL_PROXY: dead, http_proxy: dead, all_proxy: dead, NO_PROXY, NODE_USE_ENV_PROXY: '1',
      }; // prettier-ignore
      await withFaultd((faultd) =>
        withProduct(async (product) => {
          assert.equal((await product.ask('/health')).status, 200);
          await addService(product, `${faultd.url}/v1`, [faultd.key('ok')]);
          assert.ok((await talk(product, 'faulty').done).marked, 'a model on this computer');
          const Tested = z.object({ ok: z.boolean() });
          const tested = Tested.parse(await product.call('test.send', { model: 'local/echo', prompt: 'hello' }));
          assert.ok(tested.ok, 'the test of the gateway itself');
          const far = { kind: 'openai-compatible', name: 'Far', baseUrl: 'https://far.invalid/v1', models: ['far'] };
          await product.call('provider.add', { provider: far, keys: 'key-0123456789abcdef' });
          const failed = await talk(product, 'far').done;
          assert.deepEqual([failed.status, failed.error], [502, 'proxy_unreachable']);
          assert.match(failed.text, /proxy 127\.0\.0\.1:9/);
        }, environment),
      );
    }
  });

  test('F096 a base URL that leads back is refused; one that comes to lead back, and such a proxy, end after one hop', async () => {
    await withProduct(async (product) => {
      for (const host of ['127.0.0.1', 'localhost', '[::1]'])
        assert.equal(
          await product.refusal('provider.add', {
            provider: {
              kind: 'openai-compatible',
              name: 'Me',
              baseUrl: `http://${host}:${product.port}/v1`,
              models: ['me'],
            },
            keys: null,
          }),
          'address_own',
        );
      // Behind a forwarder nobody can know where it leads.
      const hops: string[] = [];
      const forwarder = createServer((asked, response) => {
        hops.push(asked.url ?? '');
        const authorization = `Bearer ${product.key}`;
        const headers = { ...asked.headers, host: `127.0.0.1:${product.port}`, authorization };
        const onward = request({
          host: '127.0.0.1',
          port: product.port,
          method: asked.method,
          path: asked.url,
          headers,
        });
        onward.on('response', (reply) => reply.pipe(response.writeHead(reply.statusCode ?? 500, reply.headers)));
        asked.pipe(onward);
      }).listen(0, '127.0.0.1');
      await once(forwarder, 'listening');
      const port = portOf(forwarder);
      try {
        await addService(product, `http://127.0.0.1:${port}/v1`, ['key-0123456789abcdef']);
        const looped = await talk(product, 'faulty').done;
        assert.deepEqual([looped.status, looped.error], [508, 'loop_detected']);
        assert.equal(hops.filter((url) => url.endsWith('/chat/completions')).length, 1);
      } finally {
        forwarder.closeAllConnections();
        forwarder.close();
      }
    }, {});
    const { port } = await Product.start().then(async (first) => {
      await first.stop();
      return first;
    });
    await withProduct(
      async (product) => {
        const far = { kind: 'openai-compatible', name: 'Far', baseUrl: 'https://far.invalid/v1', models: ['far'] };
        await product.call('provider.add', { provider: far, keys: 'key-0123456789abcdef' });
        const failed = await talk(product, 'far').done;
        assert.deepEqual([failed.status, failed.error], [508, 'loop_detected']);
      },
      { HTTPS_PROXY: `http://localhost:${port}` },
      undefined,
      { port },
    );
  });

  test('F098 few files and many clients: some are refused, and then all is well', { skip }, () =>
    withFaultd((faultd) =>
      withProduct(
        async (product) => {
          await addService(product, `${faultd.url}/v1`, [faultd.key(lasting(1))]);
          const all = Array.from({ length: 300 }, () => talk(product, 'faulty'));
          await Promise.all(all.map((one) => one.done));
          const whole = all.filter(({ marked }) => marked);
          assert.ok(whole.length > 10 && whole.length < 300, `${whole.length} of 300`);
          assert.ok(product.running);
          assert.ok((await talk(product, 'faulty').done).marked);
        },
        {},
        undefined,
        { openFiles: 128 },
      ),
    ),
  );

  test('F099 little memory and many large bodies: refused by size, and nothing ends', () =>
    withProduct(
      async (product) => {
        const content = 'x'.repeat(20 * 1024 * 1024);
        const body = JSON.stringify({ model: 'local/echo', max_tokens: 5, messages: [{ role: 'user', content }] });
        const all = await Promise.all(
          Array.from({ length: 50 }, () => new Talk(product, chat.path, null, body, {}).done),
        );
        const refused = all.filter(({ status, text }) => status === 503 && text.includes('queue_full'));
        assert.ok(refused.length > 0, all.map(({ status }) => status).join(' '));
        assert.ok(product.running, product.output.slice(-500));
        assert.equal(
          (await product.chat({ model: 'local/echo', messages: [{ role: 'user', content: 'hi' }] })).status,
          200,
        );
      },
      { NODE_OPTIONS: '--max-old-space-size=128' },
    ));

  test('F102 started without a network it listens, and answers as soon as the network is there', async () => {
    const faultd = await Faultd.start();
    const { port } = faultd;
    const key = faultd.key('ok');
    const first = await Product.start();
    await addService(first, `${faultd.url}/v1`, [key]);
    await first.stop({ keep: true });
    await faultd.close();
    await withProduct(
      async (product) => {
        assert.equal((await product.ask('/health')).status, 200);
        assert.equal((await talk(product, 'faulty').done).error, 'upstream_unreachable');
        const back = await Faultd.start({ port });
        try {
          back.script(key, 'ok');
          await until('it answers', async () => (await talk(product, 'faulty').done).marked);
        } finally {
          await back.close();
        }
      },
      {},
      undefined,
      { home: first.home },
    );
  });

  test('F104 a data folder that cannot be made ends the start with 78 and one line', { skip }, async () => {
    const { code, said } = await runToEnd(['--port', '0', '--data-dir', '/dev/null/data']);
    assert.equal(code, 78);
    assert.match(said, /^\/dev\/null\/data cannot be used: .+\n$/);
  });
});

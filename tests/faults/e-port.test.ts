/** Group E: the port and the addresses. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, test } from 'node:test';
import { GatewayState } from '../../shared/state.ts';
import { send } from '../api/http.ts';
import { Product } from '../api/product.ts';
import { runToEnd } from './harness/to-end.ts';

/** Where the system does not tell who has a port, or IPv6 is off, less can be seen. */
const told = ['linux', 'darwin', 'win32'].includes(process.platform);
const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

async function taking(host: string, work: (port: number) => Promise<void>, wanted = 0): Promise<void> {
  const server: Server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen({ host, port: wanted, ipv6Only: true }, resolve),
  );
  const address = server.address();
  try {
    await work(typeof address === 'object' && address ? address.port : 0);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

async function stateOf(product: Product): Promise<GatewayState> {
  return GatewayState.parse(await product.call('state.get', null));
}

describe('the port', { concurrency: 2 }, () => {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    test(`F086 a port that is taken on ${host} ends a server with 69 and one line that names who has it`, () =>
      taking(host, async (port) => {
        const { code, said } = await runToEnd(['--port', String(port)]);
        assert.equal(code, 69);
        const who = told ? `(\\S+ \\(pid ${process.pid}\\)|another program)` : 'another program';
        const line = `^Port ${port} is already used by ${who}\\. Stop it, or choose another with --port or LISTEN_PORT \\(\\d+ is free\\)\\.$`;
        assert.match(said.trim(), new RegExp(line));
        if (process.platform === 'linux') assert.match(said, new RegExp(`node \\(pid ${process.pid}\\)`));
      }));
  }

  test('F086 with PORT_BUSY=next the next free port is taken, and said', () =>
    taking('127.0.0.1', async (port) => {
      const product = await Product.start({ PORT_BUSY: 'next' }, undefined, { port });
      try {
        const state = await stateOf(product);
        assert.equal(state.status, 'running');
        assert.deepEqual([state.portTaken?.port, state.portTaken?.next], [port, state.port]);
        assert.ok(state.port > port && product.port === state.port);
        assert.match(product.output, new RegExp(`Port +${port} is used by`));
        assert.equal((await product.ask('/v1/models')).status, 200);
      } finally {
        await product.stop();
      }
    }));

  test('F086 another program on ::1 only: runs on IPv4, and names the stranger', { skip: !hasIpv6 }, () =>
    taking('::1', async (port) => {
      const product = await Product.start({}, undefined, { port });
      try {
        const { addresses, stranger, portTaken } = await stateOf(product);
        assert.deepEqual([addresses, portTaken], [[`127.0.0.1:${port}`], null]);
        assert.equal(stranger?.address, `[::1]:${port}`);
        if (process.platform === 'linux') assert.deepEqual(stranger.owner, { pid: process.pid, name: 'node' });
        assert.match(product.output, /answers at \[::1\]:\d+: localhost may mean it/);
        assert.equal((await product.ask('/v1/models')).status, 200);
      } finally {
        await product.stop();
      }
    }),
  );

  test('F089 both families answer at their address and as localhost', async () => {
    const product = await Product.start();
    try {
      const { addresses, stranger } = await stateOf(product);
      assert.equal(stranger, null);
      assert.equal(addresses.length, hasIpv6 ? 2 : 1);
      for (const family of hasIpv6 ? ['127.0.0.1', '[::1]'] : ['127.0.0.1'])
        for (const host of ['localhost', family]) {
          const reply = await send(`http://${family}:${product.port}`, {
            path: '/health',
            headers: { host: `${host}:${product.port}` },
          });
          assert.equal(reply.status, 200, `${family} as ${host}`);
        }
    } finally {
      await product.stop();
    }
  });

  test('F089 a computer without IPv6 starts without an error', async () => {
    // Before the product: binding ::1 fails as it does where IPv6 is off.
    const off = `import net from 'node:net';
      const listen = net.Server.prototype.listen;
      net.Server.prototype.listen = function (options, ...rest) {
        if (options?.host !== '::1') return listen.call(this, options, ...rest);
        const error = Object.assign(new Error('listen EADDRNOTAVAIL'), { code: 'EADDRNOTAVAIL' });
        process.nextTick(() => this.emit('error', error));
        return this;
      };`;
    const product = await Product.start({ NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(off)}"` });
    try {
      const { addresses, stranger, status } = await stateOf(product);
      assert.deepEqual([addresses, stranger, status], [[`127.0.0.1:${product.port}`], null, 'running']);
    } finally {
      await product.stop();
    }
  });
});

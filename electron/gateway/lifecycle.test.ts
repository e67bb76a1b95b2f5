import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import pino from 'pino';
import type { PortBusyMode } from '../../shared/port.ts';
import { openaiChat } from './dialects/openai-chat/dialect.ts';
import { createLifecycle } from './lifecycle.ts';
import { StartError } from './shell.ts';

const setUp = (port = 0, busy: PortBusyMode = 'ask') =>
  createLifecycle({
    app: () => (_request, response) => void response.end('ok'),
    speaks: () => openaiChat,
    host: () => '127.0.0.1',
    port: () => port,
    busy: () => busy,
    requests: new Map(),
    changed: () => {},
    log: pino({ level: 'silent' }),
  });

test('a stop in the middle of a start stops what it started', async () => {
  const lifecycle = setUp();
  const started = lifecycle.start();
  await Promise.all([lifecycle.stop(), started]);
  assert.equal(lifecycle.running.status, 'stopped');
});

test('two starts are one, and a start in the middle of a stop comes after it', async () => {
  const lifecycle = setUp();
  await Promise.all([lifecycle.start(), lifecycle.start()]);
  assert.equal(lifecycle.running.status, 'running');
  await Promise.all([lifecycle.stop(), lifecycle.start()]);
  assert.equal(lifecycle.running.status, 'running');
  await Promise.all([lifecycle.stop(), lifecycle.stop({ now: true })]);
  assert.equal(lifecycle.running.status, 'stopped');
});

test('a port in use is told to every start, and the gateway can be started later', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const lifecycle = setUp(typeof address === 'object' && address ? address.port : 0);
  const refused = (error: unknown) => error instanceof StartError && error.code === 'port_in_use';
  await Promise.all([assert.rejects(lifecycle.start(), refused), assert.rejects(lifecycle.start(), refused)]);
  await lifecycle.stop();
  assert.equal(lifecycle.running.status, 'error');
  await new Promise((resolve) => other.close(resolve));
  await lifecycle.start();
  assert.equal(lifecycle.running.status, 'running');
  await lifecycle.stop();
});

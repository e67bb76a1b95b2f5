import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type RequestListener, type Server } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { after, test } from 'node:test';
import { fetchOwn, NotOurs, noticeOwn, whoAnswers } from './own.ts';
import { portOf } from '../../../tests/port-of.ts';

const opened: { close(): unknown }[] = [];
after(() => opened.forEach((server) => server.close()));

async function serve(answer: RequestListener, host = '127.0.0.1'): Promise<{ server: Server; port: number }> {
  const server = createServer(answer).listen(0, host);
  opened.push(server);
  await once(server, 'listening');
  return { server, port: portOf(server) };
}
const ok: RequestListener = (_request, response) => void response.end('{"status":"ok"}');

test('F157: this process knows itself, on one address and on all', async () => {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const { server, port } = await serve(ok, host);
    noticeOwn(server);
    assert.equal(await whoAnswers('127.0.0.1', port), 'us');
    assert.equal((await fetchOwn(`http://127.0.0.1:${port}/health`, {})).status, 200);
  }
});

test('F157: who says what we say is not us, also when it passes our questions on', async () => {
  const { port: squatter } = await serve(ok);
  assert.equal(await whoAnswers('127.0.0.1', squatter), 'other');
  const own = await serve(ok);
  noticeOwn(own.server);
  let passed = 0;
  const { port: relay } = await serve((asked, response) => {
    passed++;
    request({ port: own.port, host: '127.0.0.1', path: asked.url, headers: asked.headers }, (reply) => {
      reply.pipe(response);
    }).end();
  });
  assert.equal(await whoAnswers('127.0.0.1', relay), 'other');
  assert.equal(passed, 1);
});

test('F157: no key is sent to another program', async () => {
  const keys: unknown[] = [];
  const { port } = await serve(({ headers }, response) => {
    keys.push(headers.authorization);
    response.end('{}');
  });
  await assert.rejects(
    fetchOwn(`http://127.0.0.1:${port}/v1/models`, { headers: { authorization: 'Bearer secret' } }),
    NotOurs,
  );
  assert.deepEqual(keys, [undefined]);
});

test('F157: a program that speaks something else is another one, and nobody is nobody', async () => {
  const odd = createTcp((socket) => socket.resume().end('SSH-2.0\r\n')).listen(0, '127.0.0.1');
  await once(odd, 'listening');
  const port = portOf(odd);
  assert.equal(await whoAnswers('127.0.0.1', port), 'other');
  odd.close();
  await once(odd, 'close');
  assert.equal(await whoAnswers('127.0.0.1', port), 'nobody');
});

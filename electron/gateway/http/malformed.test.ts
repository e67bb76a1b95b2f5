import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { sendRaw } from '../../../tests/api/http.ts';
import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { dialectOf } from './dialect-of.ts';
import { answerMalformed } from './malformed.ts';
import { portOf } from '../../../tests/port-of.ts';

const server = createServer(
  { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50, maxHeaderSize: 1_000 },
  (request, response) => {
    // One answer is begun and left open.
    if (request.url === '/begun') response.write('so far');
    request.resume().on('end', () => response.end('fine'));
  },
);
let url = '';
before(async () => {
  answerMalformed(server, dialectOf([openaiChat, anthropicMessages], ''));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${portOf(server)}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

for (const [what, bytes, status, code] of [
  ['no HTTP at all', '\u0016\u0003\u0001\r\n\r\n', 400, 'bad_request'],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400, 'bad_request'],
  [
    'a chunk without a length',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n',
    400,
    'bad_request',
  ],
  ['large headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(2_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ['headers that do not end', 'GET / HTTP/1.1\r\nHost: a\r\n', 408, 'request_timeout'],
  ['a body that does not end', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1', 408, 'request_timeout'],
] as const) {
  test(`${what}: ${status} ${code} as JSON, and closed`, async () => {
    const [head = '', body = ''] = (await sendRaw(url, bytes)).split('\r\n\r\n');
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.match(head, /content-type: application\/json[\s\S]*x-request-id: req_\w{24}\r\n[\s\S]*connection: close/);
    assert.equal(/x-should-retry: (\w+)/.exec(head)?.[1], status === 408 ? undefined : 'false');
    const { error } = JSON.parse(body) as { error: Record<string, unknown> };
    assert.deepEqual([error['code'], error['type'], error['param']], [code, 'invalid_request_error', null]);
  });
}

for (const [what, bytes, status] of [
  ['large headers', `POST /v1/messages?beta=true HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(2_000)}\r\n\r\n`, 431],
  ['two lengths', 'POST /v1/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
  ['a body that does not end', 'POST /v1/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1', 408],
  ['a chunk without a length', 'POST /v1/messages HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n', 400],
  ['a path of both, with a mark', `GET /v1/models HTTP/1.1\r\nHost: a\r\nanthropic-version: 1\r\nX: ${'x'.repeat(2_000)}\r\n\r\n`, 431],
] as const) {
  test(`${what} from a client of the Messages API: ${status} in its form`, async () => {
    const [head = '', body = ''] = (await sendRaw(url, bytes)).split('\r\n\r\n');
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
    const { type, error, request_id: id } = JSON.parse(body) as { type: string; error: { type: string }; request_id: string };
    assert.deepEqual([type, error.type], ['error', 'invalid_request_error']);
    assert.ok(head.includes(`\r\nrequest-id: ${id}\r\n`), head);
  });
} // prettier-ignore

test('an answer that has begun is cut, not spoilt', async () => {
  const heard = await sendRaw(url, 'POST /begun HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n');
  assert.doesNotMatch(heard, /bad_request/);
});

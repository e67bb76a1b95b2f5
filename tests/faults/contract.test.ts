/** The error contract of docs/errors.md: each situation in every dialect, with what clients act on. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { test } from 'node:test';
import { z } from 'zod';
import { dialects } from '../api/dialects.ts';
import { type Reply, send, sendRaw } from '../api/http.ts';
import { type Case, fault, type Service, type Talk } from './fault.ts';
import { startProduct } from './harness/start.ts';

interface Told {
  readonly status: number;
  readonly code: string;
  /** Anthropic's status, where it is another, and its word. */
  readonly anthropic: readonly [type: string, status?: number];
  /** Undefined: it is not sent. */
  readonly retry: 'true' | 'false' | undefined;
  /** Seconds that may stand in Retry-After; without: it is not sent. */
  readonly after?: readonly [least: number, most: number];
}

type Ask = (dialect: Talk['speech'] & object) => Talk | Promise<Talk>;
type Situation = readonly [what: string, told: Told, prepare: (t: Case) => Promise<Ask>];

const OpenAiError = z.strictObject({
  error: z.strictObject({
    message: z.string().min(10),
    type: z.string(),
    param: z.string().nullable(),
    code: z.string(),
  }),
});
const AnthropicError = z.strictObject({
  type: z.literal('error'),
  error: z.strictObject({ type: z.string(), message: z.string().min(10) }),
  request_id: z.string(),
});

type Answered = Pick<Talk, 'status' | 'headers' | 'text' | 'id'>;
const answered = ({ status, headers, text }: Omit<Reply, 'json'>): Answered => ({
  status,
  headers,
  text,
  id: String(headers['x-request-id']),
});

/** Checks one answer against the contract, whatever the dialect. */
function check(talk: Answered, dialect: string, { status, code, anthropic, retry, after }: Told, what: string): void {
  const label = `${what}, ${dialect}: ${talk.status} ${talk.text.slice(0, 300)}`;
  const claude = dialect === 'anthropic-messages';
  const [type, other = status] = anthropic;
  assert.equal(talk.status, claude ? other : status, label);
  assert.match(talk.headers['content-type'] ?? '', /^application\/json/, label);
  assert.match(talk.id, /^req_\w+$/, label);
  assert.equal(talk.headers['x-should-retry'], retry, label);
  const wait = talk.headers['retry-after'];
  if (after) assert.ok(Number(wait) >= after[0] && Number(wait) <= after[1], `${label} Retry-After ${wait}`);
  else assert.equal(wait, undefined, label);
  assert.doesNotMatch(talk.text, /<html|node_modules|\bat .*:\d+:\d+/i, label);
  if (claude) {
    const body = AnthropicError.parse(JSON.parse(talk.text));
    assert.deepEqual([body.error.type, body.request_id], [type, talk.id], label);
    assert.equal(talk.headers['request-id'], talk.id, label);
  } else assert.equal(OpenAiError.parse(JSON.parse(talk.text)).error.code, code, label);
}

const no = 'false' as const;
const told = (status: number, code: string, type: string): Told => ({ status, code, anthropic: [type], retry: no });
const bad = (code: string): Told => told(400, code, 'invalid_request_error');
const broken = (code: string): Told => told(502, code, 'api_error');

const asking =
  (service: Pick<Service, 'model'>, t: Case): Ask =>
  ({ name }) =>
    t.ask(service, { dialect: name });
/** A request with the local models, in some way wrong. */
const sending =
  (
    t: Case,
    body: (good: Readonly<Record<string, unknown>>) => string,
    headers: Readonly<Record<string, string>> = {},
  ): Ask =>
  (speech) =>
    t.raw(speech.path, body({ ...speech.body('hi'), model: 'local/echo' }), headers).done;
const [firstDialect] = dialects as readonly [(typeof dialects)[number]];
/** The headers of a client with a key of its own. */
async function limited(t: Case, limits: object): Promise<Readonly<Record<string, string>>> {
  const none = { requestsPerMinute: null, tokensPerDay: null, models: null };
  const made = await t.product.call('keys.create', { name: `Key ${Math.random()}`, limits: { ...none, ...limits } });
  return { authorization: `Bearer ${z.object({ value: z.string() }).parse(made).value}` };
}
const refusing =
  (...scripts: string[]) =>
  async (t: Case): Promise<Ask> =>
    asking(await t.service(scripts), t);

const request: readonly Situation[] = [
  ['no JSON', bad('invalid_json'), async (t) => sending(t, () => '{"a":')],
  [
    'a wrong parameter',
    bad('invalid_parameter'),
    async (t) => sending(t, (good) => JSON.stringify({ ...good, temperature: 'hot' })),
  ],
  [
    'too deep',
    bad('too_complex'),
    async (t) =>
      sending(t, (good) => `${JSON.stringify(good).slice(0, -1)},"x":${'['.repeat(9_000)}${']'.repeat(9_000)}}`),
  ],
  [
    'a wrong key',
    told(401, 'invalid_api_key', 'authentication_error'),
    async (t) => sending(t, JSON.stringify, { authorization: 'Bearer sk-wrong' }),
  ],
  [
    'a foreign host',
    told(403, 'forbidden_host', 'permission_error'),
    async (t) => sending(t, JSON.stringify, { host: 'evil.example' }),
  ],
  [
    'a foreign page',
    told(403, 'forbidden_origin', 'permission_error'),
    async (t) => sending(t, JSON.stringify, { origin: 'https://evil.example' }),
  ],
  [
    'an unknown model',
    told(404, 'model_not_found', 'not_found_error'),
    async (t) => sending(t, (good) => JSON.stringify({ ...good, model: 'nobody-has-it' })),
  ],
  [
    'no JSON by its type',
    told(415, 'unsupported_media_type', 'invalid_request_error'),
    async (t) => sending(t, JSON.stringify, { 'content-type': 'text/plain' }),
  ],
  [
    'too large',
    told(413, 'request_too_large', 'request_too_large'),
    async (t) => sending(t, () => ' '.repeat(33 << 20)),
  ],
  [
    'too many requests in a minute',
    { ...told(429, 'rate_limit_exceeded', 'rate_limit_error'), retry: 'true', after: [1, 60] },
    async (t) => {
      const headers = await limited(t, { requestsPerMinute: 1 });
      await sending(t, JSON.stringify, headers)(firstDialect);
      return sending(t, JSON.stringify, headers);
    },
  ],
  [
    'too many tokens in a day',
    { ...told(429, 'rate_limit_exceeded', 'rate_limit_error'), after: [60, 60] },
    async (t) => {
      const headers = await limited(t, { tokensPerDay: 1 });
      await sending(t, JSON.stringify, headers)(firstDialect);
      return sending(t, JSON.stringify, headers);
    },
  ],
  [
    'a circle of gateways',
    told(508, 'loop_detected', 'api_error'),
    async (t) => sending(t, JSON.stringify, { 'x-traygate-hop': 'a, b, c, d, e' }),
  ],
];

const provider: readonly Situation[] = [
  [
    '429 of all tokens',
    { ...told(429, 'upstream_rate_limited', 'rate_limit_error'), after: [1, 60] },
    async (t) => async (speech) => t.ask(await t.service(['st:429;ra=500']), { dialect: speech.name }),
  ],
  [
    'all tokens rest for long',
    { status: 503, code: 'no_token_available', anthropic: ['overloaded_error', 529], retry: no, after: [60, 60] },
    async (t) => {
      const service = await t.service(['st:429;ra=500']);
      await t.ask(service);
      return asking(service, t);
    },
  ],
  [
    'all tokens rest for a moment',
    { status: 503, code: 'no_token_available', anthropic: ['overloaded_error', 529], retry: 'true', after: [1, 10] },
    async (t) => {
      const service = await t.service(['st:429;ra=9']);
      await t.ask(service);
      return asking(service, t);
    },
  ],
  ['no token at all', told(503, 'no_token_configured', 'api_error'), refusing()],
  [
    'a provider that is switched off',
    told(503, 'provider_disabled', 'api_error'),
    async (t) => {
      const service = await t.service(['ok']);
      await t.product.call('provider.enable', { provider: service.id, enabled: false });
      return asking(service, t);
    },
  ],
  [
    'nobody listens',
    broken('upstream_unreachable'),
    async (t) => async (speech) =>
      t.ask(await t.service(['ok'], { baseUrl: 'http://127.0.0.1:9/v1' }), { dialect: speech.name }),
  ],
  [
    'a name that does not exist',
    broken('upstream_dns'),
    async (t) => async (speech) =>
      t.ask(await t.service(['ok'], { baseUrl: 'https://nope.invalid/v1' }), { dialect: speech.name }),
  ],
  [
    'refused tokens',
    broken('upstream_auth_failed'),
    async (t) => async (speech) => t.ask(await t.service(['st:401']), { dialect: speech.name }),
  ],
  [
    'a web page',
    broken('upstream_blocked'),
    async (t) => async (speech) => t.ask(await t.service(['html:403']), { dialect: speech.name }),
  ],
  [
    'HTTP 500',
    broken('upstream_error'),
    async (t) => async (speech) => t.ask(await t.service(['st:500', 'st:500']), { dialect: speech.name }),
  ],
  [
    'a reset',
    broken('upstream_unreachable'),
    async (t) => async (speech) => t.ask(await t.service(['rst']), { dialect: speech.name }),
  ],
  [
    'an end before any content',
    broken('upstream_truncated'),
    async (t) => async (speech) => t.ask(await t.service(['fin:0']), { dialect: speech.name }),
  ],
  [
    'a service that is left alone',
    { status: 503, code: 'provider_unavailable', anthropic: ['overloaded_error', 529], retry: 'true', after: [1, 5] },
    async (t) => async (speech) => {
      const service = await t.service(['st:500', 'st:500', 'st:500']);
      for (let at = 0; at < 3; at++) await t.ask(service);
      return t.ask(service, { dialect: speech.name });
    },
  ],
];

for (const [title, situations] of [
  ['the request', request],
  ['the provider', provider],
] as const) {
  fault('contract', 'P0', `what goes wrong with ${title} is told alike in every dialect`, async (t) => {
    for (const [what, expected, prepare] of situations) {
      const ask = await prepare(t);
      for (const speech of dialects) check(await ask(speech), speech.name, expected, what);
    }
  });
}

fault(
  'contract',
  'P0',
  'a provider that is silent, and a line that is too long or too slow, are told alike in every dialect',
  async (t) => {
    const late = { ...told(504, 'upstream_timeout', 'api_error') };
    const waited: Told = {
      status: 503,
      code: 'queue_timeout',
      anthropic: ['overloaded_error'],
      retry: 'true',
      after: [1, 5],
    };
    for (const speech of dialects) {
      check(await t.ask(await t.service(['hang-headers']), { dialect: speech.name }), speech.name, late, 'silence');
      const service = await t.service(['slow:200']);
      const running = t.talk(service);
      await running.until(({ said }) => said !== '');
      const first = t.talk(service, { dialect: speech.name });
      await t.until('one waits', async () => (await t.rows()).filter(({ outcome }) => outcome === 'active').length > 1);
      check(
        await t.ask(service, { dialect: speech.name }),
        speech.name,
        { ...waited, code: 'queue_full' },
        'a full line',
      );
      check(await first.done, speech.name, waited, 'a slow line');
      running.leave();
    }
  },
  { environment: { FIRST_BYTE_SECONDS: '1', TOKEN_CONCURRENCY: '1', QUEUE_LENGTH: '1', QUEUE_SECONDS: '1' } },
);

fault('contract', 'P0', 'what has no route, and what HTTP itself refuses, is told in the form of its path', async (t) => {
  const key = { authorization: `Bearer ${t.product.key}` };
  for (const { name, path } of dialects) {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const reply = await send(t.product.url, { method, path, headers: key });
      check(answered(reply), name, told(405, 'method_not_allowed', 'invalid_request_error'), method);
      assert.match(reply.headers.allow ?? '', /POST/);
    }
    const lost = await send(t.product.url, { method: 'POST', path: `${path}/nothing`, headers: key });
    check(answered(lost), name, told(404, 'not_found', 'not_found_error'), 'nothing there');
    const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${t.product.port}\r\n`;
    for (const [bytes, expected] of [
      [`${head}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`, told(431, 'headers_too_large', 'invalid_request_error')],
      [`${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, bad('bad_request')],
    ] as const)
      check(answered(parsed(await sendRaw(t.product.url, bytes))), name, expected, bytes.slice(0, 60));
  }
}); // prettier-ignore

/** A whole answer as it was on the wire. */
function parsed(bytes: string): Omit<Reply, 'json'> {
  const [head = '', text = ''] = bytes.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(lines.map((header) => header.split(': ') as [string, string]));
  return { status: Number(line.split(' ')[1]), headers, text };
}

test('contract: who asks while Traygate stops, on a connection it has had, is told to come back', { skip: process.platform === 'win32' && 'Windows has no signals' }, async () => {
  const product = await startProduct();
  const agents = dialects.map(() => new Agent({ keepAlive: true, maxSockets: 1 }));
  const ask = async (agent: Agent, path: string, body: object | null): Promise<IncomingMessage> => {
    const headers = { authorization: `Bearer ${product.key}`, 'content-type': 'application/json' };
    const sent = httpRequest(`${product.url}${path}`, { agent, headers, method: body ? 'POST' : 'GET' });
    sent.end(body && JSON.stringify(body));
    return ((await once(sent, 'response')) as [IncomingMessage])[0];
  };
  const whole = async (reply: IncomingMessage): Promise<string> => (await reply.setEncoding('utf8').toArray()).join('');
  try {
    for (const agent of agents) await whole(await ask(agent, '/v1/models', null));
    // What it waits for before it ends.
    const running = await ask(new Agent(), firstDialect.path, { ...firstDialect.body('REPEAT 1 before\nWAIT 60000'), model: 'local/script', stream: true }); // prettier-ignore
    await once(running, 'data');
    product.signal('SIGTERM');
    const listens = () => send(product.url, { path: '/health' }).then(() => true, () => false); // prettier-ignore
    while (await listens());
    for (const [at, speech] of dialects.entries()) {
      const reply = await ask(agents[at] ?? new Agent(), speech.path, { ...speech.body('hi'), model: 'local/echo' });
      const text = await whole(reply);
      check(answered({ status: reply.statusCode ?? 0, headers: reply.headers, text }), speech.name, { status: 503, code: 'shutting_down', anthropic: ['api_error'], retry: 'true', after: [2, 2] }, 'stopping'); // prettier-ignore
      assert.equal(reply.headers.connection, 'close');
    }
    running.destroy();
  } finally {
    for (const agent of agents) agent.destroy();
    await product.stop();
  }
}); // prettier-ignore

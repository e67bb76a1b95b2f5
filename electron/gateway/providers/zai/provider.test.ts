import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { defaultSettings } from '../../../../tests/simulators/zai/settings.ts';
import { scripts } from '../../../../tests/simulators/zai/simulator.ts';
import { startBench, until, type Bench } from './testing/bench.ts';

let bench: Bench;
before(async () => {
  bench = await startBench();
});
after(() => bench.close());
beforeEach(() => {
  Object.assign(bench.site.settings, defaultSettings());
  bench.site.seen.clear();
  bench.site.answer(scripts.answer());
});

const attempts = () => bench.site.seen.attempts.length;
const html = '<html><title>captcha</title></html>';

describe('answers', () => {
  it('a guest', async () => {
    const result = await bench.ask();
    assert.equal(result.content, 'You said: Hello');
    assert.equal(result.finish, 'stop');
    assert.equal(result.usage?.inputTokens, 8);
    assert.deepEqual(result.marks, ['connected', 'headers']);
    assert.deepEqual(result.warnings, []);
  });

  it('a user, with thinking, in both deliveries', async () => {
    for (const delivery of ['stream', 'whole'] as const) {
      const result = await bench.ask({ credential: bench.user(), model: 'GLM-5', delivery });
      assert.equal(result.reasoning, 'The user wrote something. I repeat it.');
      assert.equal(result.content, 'You said: Hello');
    }
  });

  it('a search with citations', async () => {
    const { content, citations } = await bench.ask({ model: 'GLM-4.5-Search' });
    assert.equal(content, 'You said: Hello Found it[1](https://example.com/source).');
    assert.deepEqual(citations, [{ index: 1, url: 'https://example.com/source', title: 'Simulated source' }]);
  });

  it("calls of the client's tools", async () => {
    bench.site.answer(
      scripts.callTools({ name: 'run', arguments: '{"a": "ü🧪"}' }, { name: 'other', arguments: '{}' }),
    );
    const tools = [{ name: 'run', parameters: { type: 'object' } }];
    const { calls, finish } = await bench.ask({ request: { tools } });
    assert.equal(finish, 'tool-calls');
    assert.deepEqual(
      calls.map(({ name, arguments: text }) => [name, text]),
      [['run', '{"a": "ü🧪"}']],
    );
    const none = await bench.ask({ request: { tools, toolChoice: { type: 'none' } } });
    assert.deepEqual([none.calls, none.finish], [[], 'stop']);
  });

  it('a Brotli stream in slices inside characters', async () => {
    bench.site.answer(
      scripts.transcript('19-unicode-and-big-frame', { chunking: [1, 2, 3, 500], brotli: true, crlf: true }),
    );
    assert.equal((await bench.ask()).content, '答案：ééé👩‍💻 done');
  });

  it('one connection for one request after another', async () => {
    const credential = await bench.guest();
    await bench.ask({ credential });
    const { total } = bench.site.seen.sockets;
    for (let turn = 0; turn < 4; turn += 1) await bench.ask({ credential });
    assert.equal(bench.site.seen.sockets.total, total);
  });
});

describe('stored chats', () => {
  for (const kind of ['guest', 'user'] as const) {
    it(`are created for one answer and deleted after it: ${kind}`, async () => {
      const credential = kind === 'guest' ? await bench.guest() : bench.user();
      const result = await bench.ask({ model: 'GLM-4.7', credential, text: 'Hi' });
      assert.equal(result.content, 'You said: Hi');
      await until(() => bench.site.seen.deletedChats.length === 1);
      assert.deepEqual(bench.site.chats, []);
    });
  }

  it('are deleted after a failure too', async () => {
    bench.site.answer(scripts.status(429, { message: 'Too Many Requests' }));
    assert.equal((await bench.ask({ model: 'GLM-4.7' })).error, 'upstream_rate_limited');
    await until(() => bench.site.seen.deletedChats.length === 1);
  });

  it('stay when they shall stay', async () => {
    const keeping = bench.restarted({ deleteChats: false });
    await keeping.ask({ model: 'GLM-4.7' });
    assert.equal(bench.site.seen.to('/api/v1/chats/', 'DELETE').length, 0);
    assert.equal(bench.site.chats.length, 1);
  });

  it('are created when the site turns out to want one', async () => {
    bench.site.settings.storedChatModels = ['glm-5'];
    const result = await bench.ask({ model: 'GLM-5' });
    assert.equal(result.content, 'You said: Hello');
    assert.deepEqual(result.warnings, [{ code: 'asked_again_chat', provider: 'zai' }]);
    assert.equal(attempts(), 2);
  });
});

describe('one repair', () => {
  for (const outdated of ['405', '426', 'inband'] as const) {
    it(`an outdated version, told by ${outdated}`, async () => {
      bench.site.settings.outdated = outdated;
      bench.site.settings.frontendVersions = ['1.0.99', '1.0.107'];
      await bench.ask();
      bench.site.settings.frontendVersions = ['1.0.107', '1.2.0'];
      bench.site.settings.minimumVersion = '1.1.0';
      bench.site.seen.clear();
      const results = await Promise.all([bench.ask(), bench.ask(), bench.ask()]);
      assert.deepEqual(
        results.map(({ content }) => content),
        ['You said: Hello', 'You said: Hello', 'You said: Hello'],
      );
      assert.equal(bench.site.seen.to('/').length, 1, 'the landing page is read once for all');
      assert.equal(bench.memory.get('zai.frontend-version'), 'prod-fe-1.2.0');
    });

    it(`is all there is, with ${outdated}`, async () => {
      bench.site.settings.outdated = outdated;
      bench.site.settings.minimumVersion = '9.0.0';
      const { error, failure } = await bench.ask();
      assert.equal(error, outdated === '405' ? 'upstream_blocked' : 'client_version_outdated');
      assert.notEqual(failure?.blame, 'credential');
      assert.equal(attempts(), 2);
    });
  }

  it('a clock that is 40 minutes off', async () => {
    for (const clockOffset of [2_400_000, -2_400_000, 0]) {
      bench.site.settings.clockOffset = clockOffset;
      bench.site.seen.clear();
      assert.equal((await bench.ask()).content, 'You said: Hello');
      assert.equal(attempts(), 2);
      assert.equal((await bench.ask()).content, 'You said: Hello');
      assert.equal(attempts(), 3, 'the lesson is remembered');
    }
  });

  it('never for a signature that is simply wrong, and the token is not blamed', async () => {
    bench.site.answer(scripts.status(400, { detail: '403: Signature validation failed: 签名验证失败' }));
    const { failure } = await bench.ask();
    assert.deepEqual([failure?.code, failure?.blame], ['client_version_outdated', 'client-version']);
    assert.match(failure?.hint ?? '', /clock/);
    assert.equal(attempts(), 2);
  });

  it('never after something was shown', async () => {
    bench.site.answer(scripts.seq([scripts.transcript('13-error-mid-stream'), scripts.answer()]));
    const { content, error } = await bench.ask();
    assert.deepEqual([content, error], ['Partial text', 'upstream_error']);
    assert.equal(attempts(), 1);
  });
});

describe('failures', () => {
  const cases = [
    ['captcha in band', scripts.captcha(), 'captcha_required', 'captcha'],
    ['captcha page with 200', scripts.status(200, html), 'upstream_blocked', 'captcha'],
    ['captcha page with 403', scripts.status(403, html), 'upstream_blocked', 'captcha'],
    ['captcha page with 503', scripts.status(503, html), 'upstream_blocked', 'captcha'],
    ['JSON error with 200', scripts.status(200, { error: { code: 429 } }), 'upstream_rate_limited', 'rate'],
    ['JSON without meaning', scripts.status(200, { hello: 'world' }), 'upstream_protocol', 'provider'],
    ['401', scripts.status(401, { detail: 'Not authenticated' }), 'upstream_auth_failed', 'credential'],
    ['account level', scripts.inband({ code: 403, detail: 'for your user level' }), 'model_not_allowed', 'request'],
    ['500', scripts.status(500, 'oops'), 'upstream_error', 'provider'],
    ['redirect', scripts.status(302, '', { location: 'http://127.0.0.1:1/' }), 'upstream_protocol', 'provider'],
    ['no reply', scripts.refuse(), 'upstream_unreachable', 'network'],
    ['reset', scripts.cut(2), 'upstream_disconnect', 'provider'],
    ['early end', scripts.fin(2), 'upstream_truncated', 'provider'],
    ['early end before anything', scripts.fin(0), 'upstream_truncated', 'provider'],
    ['line without end', scripts.endlessLine(300 << 20), 'upstream_protocol', 'provider'],
    ['answer without end', scripts.big(Infinity), 'upstream_protocol', 'provider'],
    ['error of 100 MB', scripts.status(500, 'x'.repeat(1e8)), 'upstream_error', 'provider'],
  ] as const;
  for (const [name, script, code, blame] of cases) {
    it(name, async () => {
      bench.site.answer(script);
      const { failure } = await bench.ask({ model: 'GLM-5' });
      assert.deepEqual([failure?.code, failure?.blame], [code, blame]);
      await until(() => bench.site.seen.completions.active === 0);
    });
  }

  it('keeps what came before a reset', async () => {
    bench.site.answer(scripts.cut(2));
    for (const delivery of ['stream', 'whole'] as const) {
      const { content, error } = await bench.ask({ delivery });
      assert.deepEqual([content, error], ['part 0 part 1 ', 'upstream_disconnect']);
    }
  });

  it('a rate limit with its wait', async () => {
    bench.site.answer(scripts.status(429, {}, { 'retry-after': '7' }));
    assert.equal((await bench.ask()).failure?.retryAfterMs, 7_000);
    bench.site.answer(scripts.hang('body'));
    bench.site.settings.concurrency = 1;
    const credential = await bench.guest();
    const leave = new AbortController();
    const first = bench.ask({ credential, signal: leave.signal });
    await until(() => bench.site.seen.completions.active === 1);
    assert.equal((await bench.ask({ credential })).error, 'upstream_rate_limited');
    leave.abort();
    assert.equal((await first).error, 'client_closed');
  });

  it('repeats no token anywhere', async () => {
    const credential = bench.user('Eve');
    const echo = { detail: `bad token ${credential.secret}` };
    const said: string[] = [];
    for (const script of [
      scripts.status(400, echo),
      scripts.status(401, echo),
      scripts.inband({ ...echo, code: 500 }),
    ]) {
      bench.site.answer(script);
      const { failure, warnings } = await bench.ask({ credential });
      said.push(JSON.stringify(warnings), String(failure), JSON.stringify(failure), JSON.stringify(failure?.upstream));
    }
    assert.equal([...said, ...bench.log].filter((text) => text.includes(credential.secret)).length, 0);
  });
});

describe('leaving', () => {
  for (const where of ['headers', 'body'] as const) {
    it(`closes the upstream that hangs in the ${where}`, async () => {
      bench.site.answer(scripts.hang(where));
      const leave = new AbortController();
      const asked = bench.ask({ signal: leave.signal });
      await until(() => bench.site.seen.completions.active === 1);
      leave.abort();
      assert.equal((await asked).error, 'client_closed');
      await until(() => bench.site.seen.completions.active === 0);
    });
  }

  it('closes the upstream when the loop is left', async () => {
    bench.site.answer(scripts.big(Infinity));
    const result = await bench.ask({ batches: 2, model: 'GLM-4.7' });
    assert.equal(result.error, undefined);
    await until(() => bench.site.seen.completions.active === 0);
    await until(() => bench.site.seen.deletedChats.length === 1);
  });

  it('does not wait for a landing page that hangs', async () => {
    bench.site.settings.landing = 'hang';
    bench.memory.clear();
    const leave = new AbortController();
    const asked = bench.restarted().ask({ signal: leave.signal, credential: bench.user() });
    await until(() => bench.site.seen.to('/').length === 1);
    leave.abort();
    assert.equal((await asked).error, 'client_closed');
  });
});

describe('images', () => {
  const image = (text: string) =>
    ({ type: 'image', url: `data:image/png;base64,${Buffer.from(text).toString('base64')}` }) as const;
  const asking = (...content: ReturnType<typeof image>[]) =>
    [{ role: 'user', content: [{ type: 'text', text: 'See?' }, ...content] }] as const;

  it('are uploaded once per account', async () => {
    const credential = bench.user();
    const messages = asking(image('a'), image('b'), image('a'));
    for (let turn = 0; turn < 2; turn += 1) {
      assert.equal((await bench.ask({ credential, model: 'GLM-4.6V', messages })).error, undefined);
    }
    assert.equal(bench.site.seen.to('/api/v1/files/').length, 2);
    assert.doesNotMatch(JSON.stringify(bench.site.seen.attempts.map(({ body }) => body)), /data:image/);
    await bench.ask({ credential: bench.user('Bob'), model: 'GLM-4.6V', messages: asking(image('a')) });
    assert.equal(bench.site.seen.to('/api/v1/files/').length, 3);
  });

  it('are refused from guests, before anything is sent', async () => {
    const credential = await bench.guest();
    const { error } = await bench.ask({ credential, model: 'GLM-4.6V', messages: asking(image('a')) });
    assert.equal(error, 'images_not_supported');
    assert.equal(attempts(), 0);
  });

  it('fail aloud', async () => {
    bench.site.settings.uploads = 'failing';
    assert.equal(
      (await bench.ask({ credential: bench.user('Cyd'), messages: asking(image('c')) })).error,
      'upstream_error',
    );
    assert.equal(attempts(), 0);
  });
});

describe('front-end version', () => {
  it('is remembered over a restart, and a landing page without one does no harm', async () => {
    await bench.ask();
    bench.site.settings.landing = 'error';
    bench.site.settings.minimumVersion = '1.0.107';
    assert.equal((await bench.restarted().ask()).content, 'You said: Hello');
  });

  it('is looked for once by many', async () => {
    bench.memory.clear();
    bench.site.seen.clear();
    const fresh = bench.restarted();
    await Promise.all(Array.from({ length: 5 }, () => fresh.ask()));
    assert.equal(bench.site.seen.to('/').length, 1);
  });
});

it('names in a warning what it cannot do', async () => {
  const sampling = { topP: 0.5, stop: ['x'], seed: 7, temperature: 0.1, maxTokens: 9 };
  const { warnings } = await bench.ask({ request: { sampling, responseFormat: { type: 'json-object' } } });
  assert.deepEqual(
    warnings.map((notice) => ('field' in notice ? notice.field : notice.code)),
    ['top_p', 'stop', 'seed', 'format_not_enforced'],
  );
});

/** Group A: a service that refuses: whom it costs what, and what the client is told. */
import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { type Case, fault, type Service } from './fault.ts';

const kinds = ['openai-compatible', 'anthropic-compatible'] as const;

const restOf = async (t: Case, service: Service): Promise<number> => {
  const [token] = await t.tokens(service);
  assert.equal(token?.state, 'cooling');
  return ((token?.until ?? Number.NaN) - (token?.since ?? Number.NaN)) / 1000;
};

fault('F002', 'P1', 'a name that does not exist: 502 upstream_dns, no token touched', async (t) => {
  const service = await t.service(['ok'], { baseUrl: 'http://nope.localhost.invalid/v1' }).catch(() => null);
  const lost = service ?? (await t.service(['ok'], { baseUrl: 'https://nope.invalid/v1' }));
  const talk = await t.ask(lost);
  assert.deepEqual([talk.status, talk.error], [502, 'upstream_dns'], talk.text);
  assert.equal(talk.headers['x-should-retry'], 'false');
  t.within(talk.endedAt - talk.begun, 5_000, 'the answer');
  assert.equal((await t.tokens(lost))[0]?.state, 'unverified');
});

fault('F008', 'P0', 'HTTP 500 always, and a client of the official SDK: three requests, not nine', async (t) => {
  for (const kind of kinds) {
    const service = await t.service(['st:500', 'st:500', 'st:500'], { kind });
    const asked = t.faultd.seen.length;
    const client = new OpenAI({ baseURL: `${t.product.url}/v1`, apiKey: t.product.key });
    const call = client.chat.completions.create({ model: service.model, messages: [{ role: 'user', content: 'hi' }] });
    await assert.rejects(call, { status: 502 });
    assert.equal(t.faultd.seen.length - asked, 3);
  }
});

fault(
  'F009',
  'P1',
  '503 with a long Retry-After on the only token: the client is told a minute, the token rests longer',
  async (t) => {
    for (const kind of kinds) {
      const service = await t.service(['st:503;ra=120'], { kind });
      await t.ask(service);
      const rest = await restOf(t, service);
      assert.ok(rest >= 120 && rest <= 144, String(rest));
      const talk = await t.ask(service);
      assert.deepEqual([talk.status, talk.error, talk.headers['retry-after']], [503, 'no_token_available', '60']);
    }
  },
);

fault('F010', 'P1', '429 with every form of Retry-After: as told, else the base; never nonsense', async (t) => {
  const base = [30, 33] as const;
  const cases: readonly [script: string, least: number, most: number][] = [
    ['st:429;ra=7', 7, 7.8],
    ['st:429;ra=date', 5, 8],
    ['st:429;ram=7000', 7, 7.8],
    ['st:429;ra=-5', ...base],
    ['st:429;ra=banana', ...base],
    ['st:429;ra=999999999', 1_800, 1_800],
  ];
  for (const kind of kinds) {
    for (const [script, least, most] of cases) {
      const service = await t.service([script], { kind });
      const talk = await t.ask(service);
      assert.deepEqual([talk.status, talk.error], [429, 'upstream_rate_limited'], script);
      const after = Number(talk.headers['retry-after']);
      assert.ok(after >= 1 && after <= 60, `${script}: ${after}`);
      const rest = await restOf(t, service);
      assert.ok(rest >= least && rest <= most, `${kind}, ${script}: ${rest}`);
    }
  }
});

fault(
  'F012',
  'P0',
  '401 on one of two tokens: the other answers, and that one is not asked again until it is checked',
  async (t) => {
    for (const kind of kinds) {
      const service = await t.service(['st:401', 'ok'], { kind });
      const [bad = ''] = service.keys;
      for (let at = 0; at < 5; at++) assert.equal((await t.ask(service)).status, 200);
      assert.equal(t.faultd.seen.filter(({ key }) => key === bad).length, 1);
      const [first] = await t.tokens(service);
      assert.deepEqual([first?.state, first?.reasonCode], ['invalid', 'upstream_auth_failed']);
      t.faultd.script(bad, 'ok');
      await t.product.call('tokens.check', { ids: [first?.id] });
      await t.until('it is back', async () => (await t.tokens(service))[0]?.state === 'ready');
    }
  },
);

fault('F013', 'P0', '401 on all tokens without guests: 502 upstream_auth_failed', async (t) => {
  for (const kind of kinds) {
    const service = await t.service(['st:401', 'st:401'], { kind });
    const talk = await t.ask(service);
    assert.deepEqual([talk.status, talk.error], [502, 'upstream_auth_failed']);
    assert.equal(talk.headers['x-should-retry'], 'false');
  }
});

fault(
  'F014',
  'P0',
  'a web page with 200, 403 or 503: 502 upstream_blocked, no HTML to the client, the token stays',
  async (t) => {
    for (const kind of kinds) {
      for (const status of [200, 403, 503]) {
        const service = await t.service([`html:${status}`], { kind });
        const talk = await t.ask(service);
        assert.deepEqual([talk.status, talk.error], [502, 'upstream_blocked'], `${kind}, ${status}: ${talk.text}`);
        assert.doesNotMatch(talk.text, /<|challenge/);
        assert.notEqual((await t.tokens(service))[0]?.state, 'invalid');
      }
    }
  },
);

fault('F026', 'P1', '404 for the model: 404 model_not_found, one attempt, no token touched', async (t) => {
  for (const kind of kinds) {
    const script =
      kind === 'openai-compatible'
        ? 'st:404;code=model_not_found;msg=The model does not exist'
        : 'st:404;msg=model: faulty';
    const service = await t.service([script, script], { kind });
    const talk = await t.ask(service);
    assert.deepEqual([talk.status, talk.error], [404, 'model_not_found'], talk.text);
    assert.equal((await t.row(talk)).attempts.length, 1);
    assert.ok((await t.tokens(service)).every(({ state, failures }) => state === 'unverified' && failures === 0));
  }
});

fault(
  'F027',
  'P1',
  '400 for the request itself: its code and the provider’s words, one attempt, no token touched',
  async (t) => {
    const cases = [
      [
        'st:400;code=context_length_exceeded;msg=This model has a maximum context length of 10 tokens',
        'context_length_exceeded',
      ],
      ['st:400;code=content_filter;msg=The prompt was filtered by our policy', 'request_rejected'],
    ] as const;
    for (const kind of kinds) {
      for (const [script, code] of cases) {
        const service = await t.service([script, 'ok'], { kind });
        const talk = await t.ask(service);
        const words = /msg=(.*)$/.exec(script)?.[1] ?? '';
        if (kind === 'openai-compatible') assert.equal(talk.error, code, talk.text);
        assert.equal(talk.status, 400);
        assert.ok(talk.text.includes(words), talk.text);
        assert.equal((await t.row(talk)).attempts.length, 1);
        assert.equal((await t.tokens(service))[0]?.state, 'unverified');
      }
    }
  },
);

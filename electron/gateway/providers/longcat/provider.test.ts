import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { scripts } from '../../../../tests/simulators/longcat/simulator.ts';
import { startBench, until, type Bench } from './testing/bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

const page = '<html><title>captcha</title></html>';
const bodies = () => bench.site.attempts.map(({ body }) => body as Record<string, unknown>);
/** Whatever happens to an answer, its session is deleted. */
const tidied = () =>
  until(() => bench.site.sessions.length === 0 && !bench.memory.get('longcat.sessions')?.includes('id'));

for (const generation of ['v1', 'v2'] as const) {
  describe(`a site of generation ${generation}`, () => {
    let old: Bench;
    beforeEach(() => {
      old = bench.restarted({ generation });
    });

    it('answers in both deliveries, in a session that is deleted', async () => {
      for (const delivery of ['stream', 'whole'] as const) {
        const { text, finish, usage, marks, notices } = await old.ask({ delivery });
        assert.deepEqual([text, finish, usage?.inputTokens, notices], ['You said: Hello', 'stop', 8, []]);
        assert.deepEqual(marks, ['connected', 'headers']);
      }
      await tidied();
      assert.equal(bench.site.deleted.length, 2);
      const agentId = generation === 'v1' ? '' : '1';
      for (const { body } of bench.site.to('session-create')) assert.deepEqual(body, { model: '', agentId });
    });

    it('thinks, by model or by request', async () => {
      const thought = 'The user wrote something. I repeat it.';
      assert.equal((await old.ask({ model: 'LongCat-Thinking' })).reasoning, thought);
      assert.equal((await old.ask({ request: { thinking: { enabled: true } } })).reasoning, thought);
      assert.equal(
        (await old.ask({ model: 'LongCat-Thinking', request: { thinking: { effort: 'none' } } })).reasoning,
        '',
      );
      const graded = await old.ask({ request: { thinking: { effort: 'high' } } });
      assert.deepEqual([graded.reasoning, graded.notices], [thought, [{ code: 'effort_ignored', model: 'LongCat' }]]);
    });

    it('searches, with its sources', async () => {
      const { citations } = await old.ask({ model: 'LongCat-Thinking-Search' });
      assert.deepEqual(citations, [
        { index: 1, url: 'https://example.com/source', title: 'Simulated source' },
        { index: 2, url: 'https://example.org/second?x=1&y=2', title: 'Second source' },
      ]);
      assert.equal((await old.ask({ model: 'LongCat-Search', request: { search: false } })).citations.length, 0);
    });

    it('repeats everything so far each time', async () => {
      bench.site.answer(scripts.answer({ cumulative: true, text: 'One two three four five six.' }));
      for (const delivery of ['stream', 'whole'] as const) {
        const { text, notices } = await old.ask({ delivery });
        assert.deepEqual([text, notices], ['One two three four five six.', []]);
      }
    });

    it('breaks off', async () => {
      for (const [script, code] of [
        [scripts.cut(2), 'upstream_disconnect'],
        [scripts.fin(2), 'upstream_truncated'],
      ] as const) {
        bench.site.answer(script);
        for (const delivery of ['stream', 'whole'] as const) {
          const { text, error, finish } = await old.ask({ delivery });
          assert.deepEqual([text, error?.code, finish], ['part 0 part 1 ', code, undefined]);
        }
      }
      await tidied();
    });
  });
}

describe('generations', () => {
  it('a site with only the older one is found out once', async () => {
    bench.site.settings.generations = ['v1'];
    const fresh = bench.restarted();
    const { secret } = fresh.user();
    for (let turn = 0; turn < 2; turn += 1) assert.equal((await fresh.ask({ token: secret })).text, 'You said: Hello');
    assert.deepEqual(
      bench.site.attempts.map(({ path }) => path.split('/').at(-1)),
      ['chat-completion-V2', 'chat-completion', 'chat-completion'],
    );
    await tidied();
    assert.equal(bench.site.deleted.length, 3);
  });

  it('a site with neither says so', async () => {
    bench.site.settings.generations = [];
    const { error } = await bench.restarted().ask();
    assert.deepEqual([error?.code, error?.blame], ['upstream_protocol', 'provider']);
    await tidied();
  });
});

describe('failures', () => {
  const cases = [
    ['not signed in', scripts.signedOut(), 'upstream_auth_failed', 'credential'],
    ['too fast', scripts.tooFast(), 'upstream_rate_limited', 'rate'],
    ['the guard', scripts.guarded(), 'guard_required', 'captcha'],
    ['a page with 200', scripts.status(200, page), 'upstream_blocked', 'captcha'],
    ['a page with 403', scripts.status(403, page), 'upstream_blocked', 'captcha'],
    ['JSON without meaning', scripts.status(200, { hello: 'world' }), 'upstream_protocol', 'provider'],
    ['an error that says it is a stream', scripts.transcript('03-v1-json-error-body'), 'upstream_auth_failed', 'credential'],
    ['a limit that says it is a stream', scripts.transcript('04-v1-rate-limit-body', 1), 'upstream_rate_limited', 'rate'],
    ['500', scripts.status(500, 'oops'), 'upstream_error', 'provider'],
    ['a redirect', scripts.status(302, '', { location: 'http://127.0.0.1:1/' }), 'upstream_protocol', 'provider'],
    ['no reply', scripts.refuse(), 'upstream_unreachable', 'network'],
    ['an end before anything', scripts.fin(0), 'upstream_truncated', 'provider'],
    ['an answer without end', scripts.endless(), 'upstream_protocol', 'provider'],
    ['an error of 50 MB', scripts.status(500, 'x'.repeat(5e7)), 'upstream_error', 'provider'],
  ] as const; // prettier-ignore
  for (const [name, script, code, blame] of cases) {
    it(name, async () => {
      bench.site.answer(script);
      const { error } = await bench.ask();
      assert.deepEqual([error?.code, error?.blame], [code, blame]);
      await until(() => bench.site.active === 0);
      await tidied();
    });
  }

  it('the guard before everything', async () => {
    bench.site.settings.guard = 'all';
    const { error } = await bench.ask();
    assert.deepEqual([error?.code, error?.failover, error?.status], ['guard_required', false, 403]);
    assert.equal(bench.site.attempts.length, 1);
  });

  it('a token that is no cookie is not sent', async () => {
    const { error } = await bench.ask({ token: 'a; admin=1' });
    assert.equal(error?.code, 'upstream_auth_failed');
    assert.equal(bench.site.seen.length, 0);
  });

  it('repeats no token anywhere', async () => {
    const { secret } = bench.user('Eve');
    const said: string[] = [];
    for (const script of [scripts.status(400, { message: secret }), scripts.refused(1, `bad ${secret}`)]) {
      bench.site.answer(script);
      const { error, notices } = await bench.ask({ token: secret });
      said.push(JSON.stringify([notices, error?.message, error?.upstream, error?.hint]));
    }
    await tidied();
    assert.equal([...said, ...bench.log, ...bench.memory.values()].filter((text) => text.includes(secret)).length, 0);
  });
});

describe('sessions', () => {
  const modes = [
    ['html', 'upstream_blocked'],
    ['coded', 'upstream_error'],
    ['nameless', 'upstream_protocol'],
    ['failing', 'upstream_error'],
  ] as const;
  for (const [create, code] of modes) {
    it(`that cannot be made: ${create}`, async () => {
      bench.site.settings.create = create;
      assert.equal((await bench.ask()).error?.code, code);
      assert.equal(bench.site.attempts.length, 0);
    });
  }

  it('nobody is signed in, told in either way', async () => {
    const { token } = bench.site.users.add({ stale: true });
    for (const signedOutStatus of [200, 401] as const) {
      bench.site.settings.signedOutStatus = signedOutStatus;
      assert.equal((await bench.ask({ token })).error?.code, 'upstream_auth_failed');
    }
  });

  it('asked for too fast are asked for twice more, and then it is a limit of the token', async () => {
    bench.site.settings.throttledCreates = 2;
    assert.equal((await bench.ask()).text, 'You said: Hello');
    bench.site.settings.throttledCreates = 3;
    assert.equal((await bench.ask()).error?.code, 'upstream_rate_limited');
    assert.equal(bench.site.to('session-create').length, 6);
  });

  it('of one account keep their distance; another account does not wait', async () => {
    let now = 1_000;
    const pauses: number[] = [];
    const careful = bench.restarted({
      sessionGapMs: 500,
      clock: () => now,
      pause: (ms) => {
        pauses.push(ms);
        return Promise.resolve();
      },
    });
    const { secret } = careful.user();
    await Promise.all([1, 2, 3].map(() => careful.ask({ token: secret })));
    await careful.ask();
    now += 2_000;
    await careful.ask({ token: secret });
    assert.deepEqual(pauses, [500, 1_000]);
  });

  it('that could not be deleted are deleted with the next answer of the account, after a restart too', async () => {
    const { secret } = bench.user();
    bench.site.settings.delete = 'failing';
    await bench.ask({ token: secret });
    await until(() => bench.site.to('session-delete').length === 1);
    bench.site.settings.delete = 'normal';
    const fresh = bench.restarted();
    await fresh.ask();
    assert.equal(bench.site.sessions.length > 0, true);
    await fresh.ask({ token: secret });
    await tidied();
    assert.equal(bench.site.deleted.length, 3);
  });

  it('are given up after three failures', async () => {
    const { secret } = bench.user();
    bench.site.settings.delete = 'failing';
    await bench.ask({ token: secret });
    const [id = ''] = bench.site.sessions;
    for (let turn = 0; turn < 4; turn += 1) {
      const sent = bench.site.to('session-delete').filter(({ status }) => status).length;
      await bench.ask({ token: secret });
      await until(() => bench.site.to('session-delete').filter(({ status }) => status).length > sent);
    }
    await until(() => bench.memory.get('longcat.sessions')?.includes(id) === false);
    assert.equal(bench.site.to('session-delete').filter(({ query }) => query['conversationId'] === id).length, 3);
  });
});

describe('leaving', () => {
  for (const where of ['headers', 'body'] as const) {
    it(`closes the upstream that hangs in the ${where}, and deletes the session`, async () => {
      bench.site.answer(scripts.hang(where));
      const leave = new AbortController();
      const asked = bench.ask({ signal: leave.signal });
      await until(() => bench.site.active === 1);
      leave.abort();
      assert.equal((await asked).error?.code, 'client_closed');
      await until(() => bench.site.active === 0);
      await tidied();
      assert.equal(bench.site.deleted.length, 1);
    });
  }

  it('in the middle of an answer', async () => {
    bench.site.answer(scripts.slow(20));
    const leave = new AbortController();
    const { error } = await bench.ask({ signal: leave.signal, seen: () => leave.abort() });
    assert.equal(error?.code, 'client_closed');
    await until(() => bench.site.active === 0);
    await tidied();
  });

  it('while a session is being made: it is still deleted', async () => {
    bench.site.settings.createDelay = 60;
    const leave = new AbortController();
    const asked = bench.ask({ signal: leave.signal });
    await until(() => bench.site.to('session-create').length === 1);
    leave.abort();
    assert.equal((await asked).error?.code, 'client_closed');
    await until(() => bench.site.deleted.length === 1);
    assert.equal(bench.site.attempts.length, 0);
  });

  it('does not wait for a session that is never made', async () => {
    bench.site.settings.create = 'hang';
    const leave = new AbortController();
    const asked = bench.ask({ signal: leave.signal });
    await until(() => bench.site.to('session-create').length === 1);
    leave.abort();
    assert.equal((await asked).error?.code, 'client_closed');
    await until(() => bench.site.to('session-create').every(({ outcome }) => outcome === 'aborted'));
  });
});

describe('what the page has no field for', () => {
  it('is named in a notice', async () => {
    const sampling = { temperature: 0.1, topP: 0.5, maxTokens: 9, stop: ['x'], seed: 7, presencePenalty: 1, frequencyPenalty: 1 };
    const tools = [{ name: 'run', parameters: {} }];
    const { notices } = await bench.ask({ request: { sampling, user: 'u', tools, responseFormat: { type: 'json-object' } } });
    assert.deepEqual(
      notices.map((notice) => ('field' in notice ? notice.field : notice.code)),
      ['temperature', 'top_p', 'max_tokens', 'stop', 'seed', 'presence_penalty', 'frequency_penalty', 'user', 'tools', 'format_not_enforced'],
    );
  }); // prettier-ignore

  it('is not sent', async () => {
    await bench.ask({ request: { sampling: { temperature: 0.1 } } });
    assert.deepEqual(Object.keys(bodies()[0] ?? {}), [
      'content', 'conversationId', 'agentId', 'reasonEnabled', 'searchEnabled', 'regenerate', 'parentMessageId', 'files',
    ]); // prettier-ignore
  });
});

describe('whose token it is', () => {
  const verify = (token: string, signal = new AbortController().signal) => bench.provider.verify?.(token, signal);

  it('an account, nobody, no token at all', async () => {
    assert.deepEqual(await verify(bench.site.users.add().token), { outcome: 'user' });
    for (const token of [bench.site.users.add({ stale: true }).token, 'unknown', 'a b'])
      assert.equal((await verify(token))?.outcome, 'invalid', token);
  });

  for (const current of ['failing', 'html', 'vague'] as const) {
    it(`stays unknown when the site is ${current}`, async () => {
      bench.site.settings.current = current;
      const found = await verify(bench.site.users.add().token);
      assert.deepEqual([found?.outcome, typeof found?.reason], ['unreachable', 'string']);
    });
  }

  it('stays unknown when it is not answered', async () => {
    bench.site.settings.current = 'hang';
    const leave = new AbortController();
    const asked = verify(bench.site.users.add().token, leave.signal);
    await until(() => bench.site.to('user-current').length === 1);
    leave.abort();
    assert.equal((await asked)?.outcome, 'unreachable');
  });
});

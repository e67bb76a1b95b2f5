import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { defaultSettings, scripts } from '../../../../tests/simulators/k2think/simulator.ts';
import { ChatError, type ErrorCode } from '../../chat/errors.ts';
import { startBench, until, type Bench } from './testing/bench.ts';

let now = Date.now();
let bench: Bench;
before(async () => {
  bench = await startBench({ clock: () => now });
});
after(() => bench.close());
beforeEach(() => {
  // Beyond every rest that an earlier test has brought about.
  now += 3_600_000;
  Object.assign(bench.site.settings, defaultSettings(), { models: ['MBZUAI-IFM/K2-Think-v2', 'MBZUAI-IFM/K2-Think'] });
  bench.site.answer(scripts.answer());
  bench.site.seen.clear();
});

const signal = new AbortController().signal;
const said = { reasoning: 'The user wrote something.\nI repeat it.', text: 'You said: Hello' };
const fails = (code: ErrorCode) => (error: unknown) => error instanceof ChatError && error.code === code;
const paths = () => bench.site.seen.all.map(({ path }) => path);

describe('a guest', () => {
  it('is answered in a conversation of its own, with all cookies', async () => {
    const { reasoning, text, finish, usage, notices, marks } = await bench.ask(await bench.guest());
    assert.deepEqual({ reasoning, text }, said);
    assert.deepEqual([finish, notices, marks], ['stop', [], ['connected', 'headers']]);
    assert.equal(usage?.inputTokens, 5);
    assert.deepEqual(paths(), ['/guest', '/api/v1/chats/guest/new', '/api/guest/chat/completions']);
    assert.match(bench.site.seen.attempts[0]?.headers.cookie ?? '', /^guest_id=[\w-]+; theme=dark; chat_sig=\w+; guest_conversation_count=1$/); // prettier-ignore
  });

  it('asks several times in one session', async () => {
    const guest = await bench.guest();
    for (let turn = 0; turn < 3; turn += 1) assert.equal((await bench.ask(guest)).text, said.text);
    assert.equal(bench.site.seen.to('/guest').length, 1);
  });

  for (const layout of ['v1', 'think', 'v2', 'bare'] as const) {
    for (const manner of ['repeating', 'pieces'] as const) {
      it(`reads ${layout} in ${manner}, streamed and whole`, async () => {
        bench.site.answer(scripts.answer({ layout, manner }));
        const model = bench.provider.models().find(({ id }) => id.endsWith(layout === 'v2' ? '-v2' : 'K2-Think'));
        const wanted = layout === 'bare' ? { reasoning: '', text: said.text } : said;
        for (const delivery of ['stream', 'whole'] as const) {
          const { reasoning, text, notices } = await bench.ask(await bench.guest(), {
            delivery,
            ...(model && { model }),
          });
          assert.deepEqual({ reasoning, text, notices }, { ...wanted, notices: [] });
        }
      });
    }
  }

  it('follows redirects of the guest page on the site, with the cookies set on the way', async () => {
    bench.site.settings.guestPage = 'moved';
    const guest = await bench.guest();
    assert.match(guest.secret, /^visited=1; guest_id=/);
    assert.equal((await bench.ask(guest)).text, said.text);
  });

  for (const [guestPage, code] of [
    ['guarded', 'upstream_blocked'],
    ['elsewhere', 'upstream_blocked'],
    ['failing', 'upstream_error'],
  ] as const) {
    it(`is not made where the guest page is ${guestPage}`, async () => {
      bench.site.settings.guestPage = guestPage;
      await assert.rejects(bench.guest(), fails(code));
    });
  }

  it('that the site does not answer is told what else there is', async () => {
    bench.site.settings.guests = 'refused';
    const { error } = await bench.ask(await bench.guest());
    assert.equal(error?.code, 'upstream_auth_failed');
    assert.match(error?.hint ?? '', /token|API key/);
    assert.equal(bench.site.seen.attempts.length, 0);
  });

  it('whose session was good before has only been forgotten when a page comes; a new one is blocked', async () => {
    const guest = await bench.guest();
    await bench.ask(guest);
    bench.site.settings.staleReply = 'page';
    bench.site.forgetGuests();
    assert.equal((await bench.ask(guest)).error?.code, 'upstream_auth_failed');
    const fresh = await bench.guest();
    bench.site.forgetGuests();
    assert.equal((await bench.ask(fresh)).error?.code, 'upstream_blocked');
  });

  it('is not replaced by a new one while a limit lasts', async () => {
    bench.site.answer(scripts.limited(90));
    const { error } = await bench.ask(await bench.guest());
    assert.deepEqual([error?.code, error?.retryAfterMs], ['upstream_rate_limited', 90_000]);
    bench.site.seen.clear();
    await assert.rejects(bench.guest(), fails('upstream_rate_limited'));
    assert.deepEqual(paths(), []);
    now += 90_001;
    bench.site.answer(scripts.answer());
    assert.equal((await bench.ask(await bench.guest())).text, said.text);
  });
});

describe('an account', () => {
  it('is answered by its token', async () => {
    const { token } = bench.site.users.add();
    const { reasoning, text, finish } = await bench.ask(bench.user(token));
    assert.deepEqual({ reasoning, text, finish }, { ...said, finish: 'stop' });
    assert.deepEqual(paths(), ['/api/chat/completions']);
    assert.equal(bench.site.seen.attempts[0]?.headers.authorization, `Bearer ${token}`);
  });

  it('whose token has ended is told so, without asking where the token says it', async () => {
    const { token, email } = bench.site.users.add();
    bench.site.users.signOut(email);
    assert.equal((await bench.ask(bench.user(token))).error?.code, 'upstream_auth_failed');
    bench.site.seen.clear();
    const old = `e30.${Buffer.from(JSON.stringify({ exp: now / 1000 - 1 })).toString('base64url')}.x`;
    assert.equal((await bench.ask(bench.user(old))).error?.code, 'upstream_auth_failed');
    assert.deepEqual(paths(), []);
  });

  for (const signIn of ['body', 'cookie'] as const) {
    it(`signs in with e-mail and password, once for many, the token in the ${signIn}`, async () => {
      bench.site.settings.signIn = signIn;
      const { email, password } = bench.site.users.add();
      const user = bench.user(`${email}:${password}`);
      const answers = await Promise.all(Array.from({ length: 4 }, () => bench.ask(user)));
      assert.deepEqual(answers.map(({ text }) => text), Array(4).fill(said.text)); // prettier-ignore
      assert.equal(bench.site.seen.to('/api/v1/auths/signin').length, 1);
    });
  }

  it('signs in again when its time is over, or once when the site has ended the session', async () => {
    const { email, password } = bench.site.users.add();
    const user = bench.user(`${email}:${password}`);
    await bench.ask(user);
    now += 59 * 60_000;
    assert.deepEqual((await bench.ask(user)).notices, []);
    assert.equal(bench.site.seen.to('/api/v1/auths/signin').length, 2);
    bench.site.users.signOut(email);
    const { text, notices } = await bench.ask(user);
    assert.deepEqual([text, notices], [said.text, [{ code: 'asked_again_session', provider: 'k2think' }]]);
    bench.site.answer(scripts.status(401, { detail: 'Not authenticated' }));
    bench.site.seen.clear();
    assert.equal((await bench.ask(user)).error?.code, 'upstream_auth_failed');
    assert.equal(bench.site.seen.attempts.length, 2);
  });

  it('keeps its password out of errors and logs', async () => {
    const { email } = bench.site.users.add({ password: 'right-horse' });
    const { error } = await bench.ask(bench.user(`${email}:wrong-horse`));
    assert.equal(error?.code, 'upstream_auth_failed');
    const { email: other, password } = bench.site.users.add();
    bench.site.answer(scripts.status(400, { detail: `Odd: ${password}` }));
    const echoed = await bench.ask(bench.user(`${other}:${password}`));
    assert.equal(echoed.error?.code, 'request_rejected');
    for (const text of [JSON.stringify(error), error?.message, echoed.error?.message, ...bench.log])
      assert.doesNotMatch(text ?? '', /horse/);
  });

  it('that must show it is no program is told so', async () => {
    bench.site.settings.signIn = 'captcha';
    const { email, password } = bench.site.users.add();
    assert.equal((await bench.ask(bench.user(`${email}:${password}`))).error?.code, 'captcha_required');
  });
});

describe('verify', () => {
  const verify = (secret: string) => bench.provider.verify?.(secret, signal) ?? assert.fail();

  it('an account by token and by password, which also tells of the models', async () => {
    bench.site.settings.models = ['MBZUAI-IFM/K2-Think-v3', 'MBZUAI-IFM/K2-Think-v2'];
    const { email, password, token } = bench.site.users.add({ email: 'ada@example.com' });
    const known = { outcome: 'user', userId: 'id-ada@example.com', account: 'a•••@e•••.com' };
    assert.deepEqual(await verify(token), known);
    assert.deepEqual(await verify(`${email}:${password}`), known);
    assert.deepEqual(
      bench.provider.models().map(({ id }) => id),
      bench.site.settings.models,
    );
    assert.deepEqual(bench.restarted().models(), bench.provider.models());
    bench.site.settings.models = ['MBZUAI-IFM/K2-Think-v2', 'MBZUAI-IFM/K2-Think'];
    await bench.provider.refreshModels(signal);
    assert.equal(bench.provider.models().length, 2);
  });

  it('what is no account, and what nobody knows', async () => {
    assert.equal((await verify('a.b.c')).outcome, 'invalid');
    assert.equal((await verify('two words')).outcome, 'invalid');
    assert.equal((await verify('nobody@example.com:password')).outcome, 'invalid');
    bench.site.settings.signIn = 'captcha';
    assert.equal((await verify('nobody@example.com:password')).outcome, 'unreachable');
  });
});

describe('what goes wrong', () => {
  for (const [name, script, code] of [
    ['a page of a guard', scripts.guard(), 'upstream_blocked'],
    ['the site’s own page', scripts.page(), 'upstream_blocked'],
    ['a captcha', scripts.captcha(), 'captcha_required'],
    ['a limit', scripts.limited(), 'upstream_rate_limited'],
    ['a limit as a page', scripts.status(429, '<html>'), 'upstream_rate_limited'],
    ['a failure', scripts.status(500, { detail: 'Internal Server Error' }), 'upstream_error'],
    ['a gateway that fails', scripts.status(502, '<html>502 Bad Gateway</html>'), 'upstream_error'],
    ['a redirect', scripts.status(302, '', { location: '/auth' }), 'upstream_protocol'],
    ['419', scripts.status(419, { detail: 'Page expired' }), 'upstream_auth_failed'],
    ['JSON instead of a stream', scripts.status(200, {}), 'upstream_protocol'],
    ['an error with status 200', scripts.status(200, { detail: 'Not allowed' }), 'upstream_error'],
    ['a conversation that is too long', scripts.status(400, { detail: "This model's maximum context length is 131072 tokens" }), 'context_length_exceeded'],
    ['a stream that is reset', scripts.cut(2), 'upstream_disconnect'],
    ['a stream that just ends', scripts.fin(2), 'upstream_truncated'],
  ] as const) {
    it(`${name}: ${code}`, async () => {
      bench.site.answer(script);
      const { token } = bench.site.users.add();
      assert.equal((await bench.ask(bench.user(token))).error?.code, code);
    });
  } // prettier-ignore

  it('a model the site no longer has', async () => {
    bench.site.settings.models = ['MBZUAI-IFM/K2-Think-v2'];
    const model = bench.provider.models().find(({ id }) => id === 'MBZUAI-IFM/K2-Think');
    const { error } = await bench.ask(await bench.guest(), { ...(model && { model }) });
    assert.equal(error?.code, 'model_not_found');
  });

  it('a client that leaves closes the upstream, whatever it is at', async () => {
    for (const script of [scripts.hang(), scripts.stall(1)]) {
      bench.site.answer(script);
      const leave = new AbortController();
      const asked = bench.ask(await bench.guest(), { signal: leave.signal });
      await until(() => bench.site.seen.open === 1);
      leave.abort();
      assert.equal((await asked).error?.code, 'client_closed');
      await until(() => bench.site.seen.open === 0);
    }
  });

  it('nothing, when the body is compressed', async () => {
    bench.site.answer(scripts.answer({ brotli: true }));
    assert.equal((await bench.ask(await bench.guest())).text, said.text);
  });
});

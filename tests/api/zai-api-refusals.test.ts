/** What the official API of Z.AI refuses, whose fault it is, and the base that a key belongs to. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Blame } from '../../shared/blame.ts';
import type { Token } from '../../shared/token.ts';
import { scripts } from '../simulators/zai-api/simulator.ts';
import { bodyOf, type Desk, messageOf, paid, plan, provider, startDesk, untilSome } from './zai-api-desk.ts';

let desk: Desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());
beforeEach(() => desk.reset());

describe('a refusal', () => {
  // First, because those that follow use up what the gateway allows of second attempts.
  it('of a model that one plan does not have lets the next key answer', async () => {
    await desk.keys(paid, 'another-key-of-a-user');
    desk.site.settings.keys = { ...desk.site.settings.keys, 'another-key-of-a-user': 'pay-as-you-go' };
    desk.site.answer(scripts.seq(scripts.refused(429, 1311, 'not in the plan'), scripts.answer()));
    const reply = await desk.ask();
    assert.equal(reply.status, 200, reply.text);
    assert.equal((await desk.row(reply)).attempts.length, 2);
  });

  type Case = readonly [number, number, string, Blame, number, Token['state']];
  const cases: readonly Case[] = [
    [500, 500, 'upstream_error', 'provider', 502, 'degraded'],
    ...[1000, 1001, 1002, 1003, 1004, 1100, 1110, 1111, 1112, 1121].map((code): Case => [code, 401, 'upstream_auth_failed', 'credential', 502, 'invalid']),
    ...[1120, 1230, 1231, 1234, 1312].map((code): Case => [code, 500, 'upstream_error', 'provider', 502, 'degraded']),
    [1113, 429, 'wrong_base', 'gateway', 502, 'unverified'],
    ...[1200, 1210, 1212, 1213, 1214, 1215, 1300, 1301].map((code): Case => [code, 400, 'request_rejected', 'request', 400, 'unverified']),
    [1211, 400, 'model_not_found', 'request', 404, 'unverified'],
    ...[1220, 1221, 1222].map((code): Case => [code, 403, 'model_not_allowed', 'request', 403, 'unverified']),
    [1261, 400, 'context_length_exceeded', 'request', 400, 'unverified'],
    [1302, 429, 'concurrency_limited', 'rate', 429, 'cooling'],
    ...[1303, 1305].map((code): Case => [code, 429, 'upstream_rate_limited', 'rate', 429, 'cooling']),
    ...[1304, 1308, 1310, 1313].map((code): Case => [code, 429, 'quota_exceeded', 'quota', 429, 'quota']),
    [1309, 429, 'plan_expired', 'credential', 502, 'invalid'],
    [1311, 429, 'model_not_in_plan', 'request', 403, 'unverified'],
  ]; // prettier-ignore
  for (const [code, http, meaning, blame, status, kept] of cases) {
    it(`${code} is ${meaning}, and only ${blame} pays for it`, async () => {
      desk.site.answer(scripts.refused(http, code, 'said the vendor'));
      const reply = await desk.product.chat({
        model: `${provider}/GLM-4.7`,
        messages: [{ role: 'user', content: 'Hi' }],
      });
      assert.deepEqual([reply.status, bodyOf(reply).error.code], [status, meaning], reply.text);
      const { failure } = await desk.row(reply);
      assert.deepEqual([failure?.blame, failure?.upstreamCode], [blame, String(code)]);
      assert.deepEqual((await desk.tokens()).map((token) => token.state), [kept]); // prettier-ignore
    });
  }

  it('inside a stream that has begun is one too', async () => {
    desk.site.answer(scripts.refusedInside(1305, 'busy'));
    const reply = await desk.ask('zai-api/GLM-4.7', { stream: true });
    assert.deepEqual([reply.status, bodyOf(reply).error.code], [429, 'upstream_rate_limited']);
  });
});

describe('the base', () => {
  it('is the wrong one for a key of the plan: said so, no key is punished, and one call puts it right', async () => {
    await desk.keys(plan);
    const refused = await desk.ask('zai-api/GLM-4.7');
    assert.deepEqual([refused.status, bodyOf(refused).error.code], [502, 'wrong_base']);
    const coding = `${desk.site.url}/api/coding/paas/v4`;
    assert.ok(bodyOf(refused).error.message.includes(`Switch the base to ${coding}`), refused.text);
    assert.deepEqual((await desk.tokens()).map((token) => token.state), ['unverified']); // prettier-ignore
    const told = await untilSome(async () => ((await desk.state())?.problem ? desk.state() : undefined));
    assert.deepEqual([told?.problem?.code, told?.base?.other], ['wrong_base', coding]);

    await desk.product.call('provider.base', { provider, base: told?.base?.other });
    assert.equal((await desk.state())?.problem, null);
    assert.equal(messageOf(await desk.ask('zai-api/GLM-4.7')).content, 'You said: Hello');
    assert.equal(desk.site.seen.at(-1)?.base, 'coding');
  });

  it('is the wrong one for a key without a plan, in the other direction', async () => {
    await desk.product.call('provider.base', { provider, base: `${desk.site.url}/api/coding/paas/v4` });
    const refused = await desk.ask('zai-api/GLM-4.7');
    assert.equal(bodyOf(refused).error.code, 'wrong_base');
    assert.equal((await desk.state())?.base?.other, `${desk.site.url}/api/paas/v4`);
  });

  it('that is another forgets what was found out about keys', async () => {
    await desk.keys('a-key-of-nobody');
    assert.equal(bodyOf(await desk.ask('zai-api/GLM-4.7')).error.code, 'upstream_auth_failed');
    assert.deepEqual((await desk.tokens()).map((token) => token.state), ['invalid']); // prettier-ignore
    await desk.product.call('provider.base', { provider, base: 'china' });
    assert.deepEqual((await desk.tokens()).map((token) => token.state), ['unverified']); // prettier-ignore
    const { base } = (await desk.state()) ?? {};
    assert.deepEqual([base?.value, base?.other, base?.choices.length], ['china', 'china-coding', 4]);
  });

  for (const base of ['http://example.com', 'nowhere', 'ftp://example.com', 'https://169.254.169.254/api/paas/v4'])
    it(`cannot be ${base}`, () => assert.rejects(desk.product.call('provider.base', { provider, base })));

  it('of another provider is no choice', () => assert.rejects(desk.product.call('provider.base', { provider: 'zai', base: 'china' }))); // prettier-ignore

  it('is named when a key is checked, and the key is kept', async () => {
    await desk.keys();
    const add = (text: string) => desk.product.call('tokens.add', { provider, text, check: true }) as Promise<{ outcome: string; reason: string }[]>; // prettier-ignore
    const [line] = await add(plan);
    assert.equal(line?.outcome, 'added');
    assert.match(line?.reason ?? '', /belongs to the other base/);
    assert.equal((await add(paid))[0]?.outcome, 'added');
    assert.equal((await add('a-key-of-nobody'))[0]?.outcome, 'invalid');
  });
});

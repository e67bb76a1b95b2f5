/** Group C: tokens that rest, that are changed while in use, and a provider that fails for all. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { dialects } from '../api/dialects.ts';
import { type Case, fault, type Service } from './fault.ts';

const kinds = ['openai-compatible', 'anthropic-compatible'] as const;
const first = async (t: Case, service: Service) => {
  const [token] = await t.tokens(service);
  assert.ok(token);
  return token;
};

fault('F053', 'P0', 'all tokens rest: 503 (Anthropic 529) at once with the time until the first returns', async (t) => {
  for (const kind of kinds) {
    const service = await t.service(['st:429;ra=42', 'st:429;ra=300'], { kind });
    await t.ask(service);
    const asked = t.faultd.seen.length;
    for (const { name } of dialects) {
      const talk = await t.ask(service, { dialect: name });
      const anthropic = name === 'anthropic-messages';
      assert.equal(talk.status, anthropic ? 529 : 503);
      assert.equal(talk.error, anthropic ? 'overloaded_error' : 'no_token_available');
      const wait = Number(talk.headers['retry-after']);
      assert.ok(wait >= 40 && wait <= 47, String(wait));
      assert.equal(talk.headers['x-should-retry'], 'false');
      t.within(talk.endedAt - talk.begun, 50, 'the answer');
    }
    assert.equal(t.faultd.seen.length, asked, 'the provider is not asked');
  }
});

fault('F054', 'P1', 'no token at all: 503 no_token_configured, no repeat advised', async (t) => {
  const service = await t.service([]);
  const talk = await t.ask(service);
  assert.deepEqual([talk.status, talk.error, talk.headers['x-should-retry']], [503, 'no_token_configured', 'false']);
});

fault(
  'F056',
  'P0',
  'HTTP 500 for two hundred requests, twenty at a time: the provider is left alone, and then taken up again',
  async (t) => {
    const service = await t.service(['ok', 'ok', 'ok', 'ok']);
    t.faultd.everybody('st:500');
    const begun = performance.now();
    let sent = 0;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        while (sent++ < 200) assert.ok((await t.ask(service)).status >= 500);
      }),
    );
    const asked = t.faultd.seen.length;
    assert.ok(asked <= 200 * 1.3, `${asked} upstream requests for 200`);
    const refused = await t.ask(service);
    assert.equal(refused.error, 'provider_unavailable');
    t.within(performance.now() - begun, 30_000, 'all of it');
    t.faultd.everybody(null);
    await t.until('it is taken up again', async () => (await t.ask(service)).status === 200, 5_000);
    const healed = await Promise.all(Array.from({ length: 40 }, () => t.ask(service)));
    assert.ok(healed.filter(({ status }) => status === 200).length >= 38);
  },
);

fault(
  'F059',
  'P1',
  'a token that is removed or switched off during its answer: the answer ends well, no new use',
  async (t) => {
    for (const change of ['tokens.remove', 'tokens.enable'] as const) {
      const service = await t.service(['slow:50']);
      const { id } = await first(t, service);
      const talk = t.talk(service);
      await talk.until(({ said }) => said !== '');
      await t.product.call(change, { ids: [id], ...(change === 'tokens.enable' && { enabled: false }) });
      const refused = await t.ask(service);
      assert.equal(refused.status, 503);
      await talk.done;
      assert.deepEqual([talk.end, talk.marked, talk.error], ['complete', true, undefined]);
      if (change === 'tokens.remove') await t.product.call('tokens.restore', { ids: [id] });
      else await t.product.call('tokens.enable', { ids: [id], enabled: true });
      assert.equal((await t.ask(service)).status, 200);
    }
  },
);

fault(
  'F061',
  'P1',
  'the same thousand tokens from two windows at once: each is saved once, and the reports add up',
  async (t) => {
    const service = await t.service([]);
    const text = Array.from({ length: 1_000 }, (_, at) => `sk-CANARY-token-many-${at}-${'x'.repeat(20)}`).join('\n');
    const Report = z
      .object({ lines: z.array(z.object({ outcome: z.string() })) })
      .or(z.array(z.object({ outcome: z.string() })));
    const reports = await Promise.all(
      [1, 2].map(async () =>
        Report.parse(await t.product.call('tokens.add', { provider: service.id, text, check: false, trusting: true })),
      ),
    );
    const outcomes = reports
      .flatMap((report) => (Array.isArray(report) ? report : report.lines))
      .map(({ outcome }) => outcome);
    assert.equal(outcomes.filter((outcome) => outcome === 'unchecked').length, 1_000);
    assert.equal(outcomes.filter((outcome) => outcome === 'duplicate-saved').length, 1_000);
    assert.equal((await t.tokens(service)).length, 1_000);
  },
);

fault(
  'F064',
  'P1',
  'all of 240 tokens are checked: five at once, requests are answered meanwhile, and it can be cancelled',
  async (t) => {
    t.allow({ running: 'a check that was cancelled may end a little later' });
    const service = await t.service(['ok']);
    let [active, most, checked] = [0, 0, 0];
    t.faultd.everybody(async ({ response }) => {
      active++;
      checked++;
      most = Math.max(most, active);
      await sleep(30);
      active--;
      response.writeHead(200, { 'content-type': 'application/json' });
      const message = { role: 'assistant', content: 'fine' };
      response.end(
        JSON.stringify({
          id: 'x',
          object: 'chat.completion',
          created: 1,
          model: 'faulty',
          choices: [{ index: 0, message, finish_reason: 'stop' }],
        }),
      );
    });
    const text = Array.from({ length: 240 }, (_, at) => `sk-CANARY-token-check-${at}-${'x'.repeat(20)}`).join('\n');
    await t.product.call('tokens.add', { provider: service.id, text, check: false, trusting: true });
    const ids = (await t.tokens(service)).map(({ id }) => id);
    const other = await t.start();
    const live = await t.service(['ok'], { faultd: other });
    const running = t.product.call('tokens.check', { ids, job: 'all-of-them' });
    await t.until('it has begun', () => checked > 5);
    for (let at = 0; at < 5; at++) assert.equal((await t.ask(live)).status, 200);
    await t.product.call('tokens.cancel', { job: 'all-of-them' });
    await running;
    assert.ok(most <= 5, String(most));
    assert.ok(checked < 240, String(checked));
  },
);

fault('F011', 'P0', 'one request that seven tokens refuse: two rest, and what follows is answered', async (t) => {
  for (const kind of kinds) {
    const service = await t.service(
      Array.from({ length: 7 }, () => 'ok'),
      { kind },
    );
    t.faultd.everybody('st:429;ra=60');
    const talk = await t.ask(service);
    assert.deepEqual([talk.status, talk.error], [429, 'upstream_rate_limited']);
    t.faultd.everybody(null);
    assert.equal((await t.tokens(service)).filter(({ state }) => state === 'cooling').length, 2);
    const replies = await Promise.all(Array.from({ length: 20 }, () => t.ask(service)));
    assert.ok(replies.every(({ status }) => status === 200));
  }
});

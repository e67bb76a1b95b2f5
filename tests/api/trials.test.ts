/** Requests that the window has the gateway send to itself. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import { Totals } from '../../shared/state.ts';
import { Token } from '../../shared/token.ts';
import { type TrialAsk, TrialView } from '../../shared/trials.ts';
import { scripts, startZaiSimulator, type ZaiSimulator } from '../simulators/zai/simulator.ts';
import { Product } from './product.ts';

const Started = z.object({ id: z.string(), exchangeId: z.string().nullable() });
const Step = z.object({
  id: z.string(),
  exchangeId: z.string().nullable(),
  textAt: z.number(),
  text: z.string(),
  end: TrialView.shape.end,
});

const user = (content: string) => [{ role: 'user', content }];
const chat = (model: string, content: string, more: object = {}): TrialAsk => ({
  dialect: 'openai-chat',
  body: { model, messages: user(content), ...more },
});

describe('a trial', () => {
  let product: Product;
  let zai: ZaiSimulator;
  let made = 0;
  before(async () => {
    zai = await startZaiSimulator();
    product = await Product.start({ ZAI_BASE_URL: zai.url, ANONYMOUS_MODE: 'true' });
    await product.call('tokens.add', {
      provider: 'zai',
      text: `${zai.users.add().token}\n${zai.users.add().token}`,
      check: true,
    });
  });
  after(async () => {
    await product.stop();
    await zai.close();
  });

  const start = async (ask: TrialAsk) => {
    const id = `t${++made}`;
    return Started.parse(await product.call('trial.start', { id, ...ask }));
  };
  const ended = async (id: string): Promise<TrialView> => {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(30)) {
      const view = TrialView.parse(await product.call('trial.get', { id }));
      if (view.end) return view;
    }
    throw new Error(`${id} has not ended.`);
  };
  const run = async (ask: TrialAsk) => ended((await start(ask)).id);

  for (const [dialect, body] of [
    ['openai-chat', { model: 'local/echo', messages: user('Hello') }],
    ['openai-chat', { model: 'local/echo', stream: true, messages: user('Hello') }],
    ['openai-responses', { model: 'local/echo', input: 'Hello' }],
    ['openai-responses', { model: 'local/echo', stream: true, input: 'Hello' }],
    ['anthropic-messages', { model: 'local/echo', max_tokens: 50, messages: user('Hello') }],
    ['anthropic-messages', { model: 'local/echo', max_tokens: 50, stream: true, messages: user('Hello') }],
  ] as const) {
    test(`goes the way of a client of ${dialect}${'stream' in body ? ', streamed' : ''}`, async () => {
      const view = await run({ dialect, body });
      assert.deepEqual(view.end, { outcome: 'ok', status: 200, failure: null });
      assert.equal(view.text, 'Hello');
      const row = await product.row(view.exchangeId ?? '');
      assert.deepEqual([row.dialect, row.purpose, row.outcome, row.stream], [dialect, 'test', 'ok', 'stream' in body]);
    });
  }

  test('thinking and calls of tools arrive apart from the text', async () => {
    const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }];
    const view = await run(chat('local/script', 'THINK Which city?\nCALL_TOOL get_weather {"city":"Rome"}', { tools }));
    assert.match(view.reasoning, /Which city\?/);
    assert.deepEqual(view.calls, [{ index: 0, name: 'get_weather', arguments: '{"city":"Rome"}' }]);
  });

  test('the steps that the window is told make up the answer; the last one says how it ended', async () => {
    const { events, close } = await product.watch();
    const { id } = await start(chat('local/long', 'Go on.', { stream: true }));
    const view = await ended(id);
    await sleep(200);
    close();
    const steps = events.flatMap(([name, payload]) => (name === 'trial' ? [Step.parse(payload)] : []));
    const own = steps.filter((step) => step.id === id);
    assert.ok(view.text.length > 5_000);
    assert.equal(own.map(({ text }) => text).join(''), view.text);
    for (const { textAt, text } of own) assert.equal(view.text.slice(textAt, textAt + text.length), text);
    assert.deepEqual(own.at(-1)?.end, view.end);
    assert.ok(own.slice(0, -1).every(({ end }) => end === null));
  });

  test('it can be cancelled, and the row says so', async () => {
    const { id, exchangeId } = await start(chat('local/slow', 'Take your time.', { stream: true }));
    assert.ok(exchangeId);
    assert.deepEqual(await product.call('trial.cancel', { ids: [id, 'unknown'] }), { cancelled: 1 });
    assert.equal((await ended(id)).end?.outcome, 'cancelled');
    assert.equal((await product.row(exchangeId)).outcome, 'cancelled');
    assert.deepEqual(await product.call('trial.cancel', { ids: [id] }), { cancelled: 0 });
  });

  test('it ends by itself after its time', async () => {
    const view = await run({ ...chat('local/slow', 'Take your time.'), timeoutMs: 1_000 });
    assert.equal(view.end?.failure?.code, 'trial_timeout');
  });

  test('a failure is told by its code', async () => {
    for (const [model, code, status] of [
      ['local/error-429', 'upstream_rate_limited', 429],
      ['nobody/nothing', 'model_not_found', 404],
    ] as const) {
      const { end } = await run(chat(model, 'Hello'));
      assert.deepEqual([end?.outcome, end?.failure?.code, end?.status], ['failed', code, status]);
    }
  });

  test('a body that is not understood is refused like a client’s and is in no log', async () => {
    const view = await run({ dialect: 'openai-chat', body: { model: 'local/echo', messages: 'no list' } });
    assert.deepEqual([view.exchangeId, view.end?.outcome, view.end?.status], [null, 'failed', 400]);
    assert.match(view.end?.failure?.message ?? '', /messages/);
  });

  test('one provider, one token or a guest answers when that was chosen, without failover to others', async () => {
    const tokens = z.array(Token).parse(await product.call('tokens.list', { provider: 'zai' }));
    zai.answer(scripts.answer());
    for (const { id, alias } of [...tokens, ...tokens]) {
      const view = await run({ ...chat('GLM-4.7', 'Hello'), provider: 'zai', token: id });
      assert.equal(view.end?.outcome, 'ok', view.end?.failure?.message);
      const row = await product.row(view.exchangeId ?? '');
      assert.deepEqual(row.attempts.map(({ credential }) => credential), [alias]); // prettier-ignore
    }
    const guest = await run({ ...chat('GLM-4.7', 'Hello'), provider: 'zai', token: 'guest' });
    assert.equal((await product.row(guest.exchangeId ?? '')).attempts[0]?.credentialKind, 'guest');
    const other = await run({ ...chat('GLM-4.7', 'Hello'), provider: 'longcat' });
    assert.equal(other.end?.failure?.code, 'model_not_found');
  });

  test('it is no traffic of the user’s: not in the totals, not in a token’s counters; a replay names its original', async () => {
    const count = async () => Totals.parse(await product.call('totals.get', null)).requests;
    const used = async () =>
      z.array(Token).parse(await product.call('tokens.list', { provider: 'zai' })).map(({ ok }) => ok); // prettier-ignore
    const [before_, counters] = [await count(), await used()];
    const first = await run(chat('GLM-4.7', 'Hello'));
    const again = await run({ ...chat('GLM-4.7', 'Hello'), origin: 'replay', replayOf: first.exchangeId });
    const { purpose, replayOf } = await product.row(again.exchangeId ?? '');
    assert.deepEqual([purpose, replayOf], ['replay', first.exchangeId]);
    assert.deepEqual([await count(), await used()], [before_, counters]);
    const asClient = await run({ ...chat('local/echo', 'Hello'), origin: 'client' });
    assert.equal((await product.row(asClient.exchangeId ?? '')).purpose, null);
    assert.equal(await count(), before_ + 1);
  });

  test('a client cannot mark its own request', async () => {
    const reply = await product.ask(
      '/v1/chat/completions',
      { model: 'local/echo', messages: user('Hello') },
      { 'x-traygate-trial': '00' },
    );
    const row = await product.row(String(reply.headers['x-request-id']));
    assert.equal(row.purpose, null);
  });
});

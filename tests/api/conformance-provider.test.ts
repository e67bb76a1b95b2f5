/** What all dialects owe their clients while a provider answers, with the simulator of chat.z.ai behind the running product. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Token } from '../../shared/token.ts';
import * as frames from '../simulators/zai/frames.ts';
import type { Script } from '../simulators/zai/scripts.ts';
import { scripts, startZaiSimulator, type ZaiSimulator } from '../simulators/zai/simulator.ts';
import { Wire } from '../simulators/zai/wire.ts';
import { dialects, type Speech } from './dialects.ts';
import { Product } from './product.ts';

let zai: ZaiSimulator;
let product: Product;
before(async () => {
  zai = await startZaiSimulator();
  product = await Product.start({ ZAI_BASE_URL: zai.url, ANONYMOUS_MODE: 'true' });
});
after(async () => {
  await product.stop();
  await zai.close();
});
beforeEach(() => zai.seen.clear());

const bodyOf = (speech: Speech, stream: boolean): Readonly<Record<string, unknown>> => ({
  model: 'GLM-4.5',
  ...speech.body('Hello'),
  stream,
});

/** Sends all frames of an answer and then leaves the connection open for as long as the gateway does. */
const staysOpen: Script = async ({ response }) => {
  const wire = new Wire(response);
  for (const frame of [frames.answerDelta('All of it.'), frames.usage(1, 2), frames.done()]) await wire.send(frame);
};

async function begin(speech: Speech, headers: Record<string, string> = {}): Promise<[ClientRequest, IncomingMessage]> {
  const outgoing = request(`${product.url}${speech.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${product.key}`, ...headers },
    agent: false,
  });
  outgoing.end(JSON.stringify(bodyOf(speech, true)));
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return [outgoing, incoming];
}

/** What a part of the product does behind the answer; given up after five seconds. */
async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 5_000; !holds() && Date.now() < deadline; await sleep(10));
  assert.ok(holds());
}

for (const speech of dialects) {
  describe(speech.name, () => {
    test('an answer ends with its last event, though the provider keeps its connection open', async () => {
      zai.answer(staysOpen);
      const streamed = await product.ask(speech.path, bodyOf(speech, true));
      assert.equal(speech.heard(streamed.text), 'All of it.');
      assert.match(streamed.text, speech.end);
      assert.equal(speech.said(await product.ask(speech.path, bodyOf(speech, false))), 'All of it.');
      await until(() => zai.seen.completions.active === 0);
    });

    test('the first words leave before the rest has come', async () => {
      let release: () => void = () => assert.fail('the provider was not asked');
      const seen = new Promise<void>((resolve) => (release = resolve));
      zai.answer(async ({ response }) => {
        const wire = new Wire(response);
        await wire.send(frames.answerDelta('First '));
        // The provider says nothing more before the client has read this.
        await seen;
        for (const frame of [frames.answerDelta('and last.'), frames.done()]) await wire.send(frame);
        wire.end();
      });
      const [, incoming] = await begin(speech, { 'accept-encoding': 'gzip, br' });
      let text = '';
      for await (const chunk of incoming.setEncoding('utf8') as AsyncIterable<string>) {
        text += chunk;
        if (text.includes('First')) release();
      }
      assert.equal(speech.heard(text), 'First and last.');
    });

    test('a client that leaves in the middle ends the request to the provider', async () => {
      zai.answer(scripts.hang('body'));
      const [outgoing, incoming] = await begin(speech);
      await once(incoming, 'data');
      assert.equal(zai.seen.completions.active, 1);
      outgoing.destroy();
      await until(() => zai.seen.completions.active === 0);
      const row = await product.row(String(incoming.headers['x-request-id']));
      assert.deepEqual([row.outcome, row.status], ['cancelled', 499]);
    });

    test('what the client says in its headers stays here', async () => {
      zai.answer(scripts.answer({ text: 'ok' }));
      const headers = {
        'anthropic-beta': 'CANARY-header',
        'x-stainless-lang': 'CANARY-header',
        'x-codex-turn-metadata': 'CANARY-header',
        'x-title': 'CANARY-header',
        cookie: 'a=CANARY-header',
        referer: `${product.url}/CANARY-header`,
      };
      const reply = await product.ask(speech.path, bodyOf(speech, false), headers);
      assert.equal(reply.status, 200, reply.text);
      for (const { headers: sent, query } of zai.seen.requests) {
        const text = JSON.stringify([sent, query]);
        assert.ok(!text.includes('CANARY') && !text.includes(product.key), text);
      }
    });
  });
}

// Last, because the guests that are refused here are not replaced by new ones for a while.
for (const speech of dialects) {
  describe(`${speech.name}, limited`, () => {
    test('a provider that is too busy is a 429 that names a wait, and is not to be repeated', async () => {
      zai.answer(scripts.status(429, { code: 429, message: 'Too Many Requests' }, { 'retry-after': '7' }));
      for (const stream of [true, false]) {
        const reply = await product.ask(speech.path, bodyOf(speech, stream));
        speech.refused(reply, 429, 'upstream_rate_limited', 'rate_limit_error');
        assert.match(String(reply.headers['retry-after']), /^\d+$/);
        assert.equal(reply.headers['x-should-retry'], 'false');
      }
    });
  });
}

describe('when every token rests', () => {
  let resting: Product;
  before(async () => {
    resting = await Product.start({ ZAI_BASE_URL: zai.url, ANONYMOUS_MODE: 'false' });
  });
  after(() => resting.stop());

  test('the pool is exhausted: a wait is named, nothing is to be repeated, and the provider is left alone', async () => {
    const { token } = zai.users.add();
    zai.answer(scripts.status(429, { code: 429, message: 'Too Many Requests' }, { 'retry-after': '40' }));
    await resting.call('tokens.add', { provider: 'zai', text: token, check: false });
    const [first] = dialects;
    await resting.ask(first?.path ?? '', bodyOf(first ?? assert.fail(), false));
    const states = Token.array().parse(await resting.call('tokens.list', { provider: 'zai' }));
    assert.deepEqual(states.map(({ state }) => state), ['cooling']); // prettier-ignore
    zai.seen.clear();
    for (const speech of dialects) {
      const reply = await resting.ask(speech.path, bodyOf(speech, true));
      speech.refused(reply, speech.name === 'anthropic-messages' ? 529 : 503, 'no_token_available', 'overloaded_error');
      const wait = Number(reply.headers['retry-after']);
      assert.ok(wait > 10 && wait <= 60, String(wait));
      assert.equal(reply.headers['x-should-retry'], 'false');
    }
    assert.equal(zai.seen.attempts.length, 0);
  });

  test('no token at all: the fault is named, and nothing is to be repeated', async () => {
    const states = Token.array().parse(await resting.call('tokens.list', { provider: 'zai' }));
    await resting.call('tokens.remove', { ids: states.map(({ id }) => id) });
    for (const speech of dialects) {
      const reply = await resting.ask(speech.path, bodyOf(speech, true));
      speech.refused(reply, 503, 'no_token_configured', 'api_error');
      assert.equal(reply.headers['x-should-retry'], 'false');
    }
  });
});

/** The Vercel AI SDK in all four ways it can reach the gateway, each as its documentation shows it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, isStepCount, type LanguageModel, streamText, tool } from 'ai';
import { z } from 'zod';
import { Product } from './product.ts';

let product: Product;
before(async () => {
  product = await Product.start({ AUTH_TOKENS: 'sk-of-somebody-else' });
});
after(() => product.stop());

const ways: Readonly<Record<string, (model: string) => LanguageModel>> = {
  'OpenAI-compatible': (model) => createOpenAICompatible({ name: 'traygate', ...place() })(model),
  'OpenAI chat': (model) => createOpenAI(place()).chat(model),
  'OpenAI, which asks Responses': (model) => createOpenAI(place())(model),
  // It wants the version in the address, unlike Anthropic's own client.
  Anthropic: (model) => createAnthropic(place())(model),
};

/** It knows no thinking in Chat Completions. */
const deaf = 'OpenAI chat';
globalThis.AI_SDK_LOG_WARNINGS = false;

function place(apiKey = product.key): { baseURL: string; apiKey: string } {
  return { baseURL: `${product.url}/v1`, apiKey };
}

const weather = (asked: string[]) =>
  tool({
    description: 'The weather of a city.',
    inputSchema: z.object({ city: z.string() }),
    execute: ({ city }) => {
      asked.push(city);
      return Promise.resolve(`snow in ${city}`);
    },
  });

/** What has come since, and that none of it was sent twice. */
async function rowsOf(ask: () => Promise<unknown>): Promise<string[]> {
  const known = (await product.rows()).length;
  await ask();
  const rows = await product.rows();
  return rows.slice(0, rows.length - known).map(({ outcome }) => outcome);
}

for (const [way, model] of Object.entries(ways)) {
  describe(way, () => {
    test('plain', async () => {
      const { text, finishReason, usage } = await generateText({ model: model('local/echo'), prompt: 'Hi there' });
      assert.deepEqual([text, finishReason, usage.totalTokens], ['Hi there', 'stop', 4]);
    });

    test('stream', async () => {
      const pieces: string[] = [];
      const { textStream, finishReason } = streamText({ model: model('local/long'), prompt: 'x' });
      for await (const piece of textStream) pieces.push(piece);
      assert.ok(pieces.length > 5 && pieces.join('').split(' ').length > 1_900);
      assert.equal(await finishReason, 'stop');
    });

    test('tools: two calls, run and answered', async () => {
      for (const stream of [false, true]) {
        const asked: string[] = [];
        const options = {
          model: model('local/script'),
          tools: { weather: weather(asked) },
          stopWhen: isStepCount(4),
          prompt: 'REPEAT 1 Let me see.\nCALL_TOOL weather {"city":"Rome"}\nCALL_TOOL weather {"city":"Oslo"}',
        };
        const outcomes = await rowsOf(async () => {
          const text = stream ? await streamText(options).text : (await generateText(options)).text;
          assert.match(text, /^"?snow in Rome"?\n"?snow in Oslo"?$/);
        });
        assert.deepEqual(asked, ['Rome', 'Oslo']);
        assert.deepEqual(outcomes, ['ok', 'ok']);
      }
    });

    test('thinking, which goes back with the tool result', async () => {
      const asked: string[] = [];
      const result = streamText({
        model: model('local/script'),
        tools: { weather: weather(asked) },
        stopWhen: isStepCount(4),
        prompt: 'THINK Which city?\nCALL_TOOL weather {"city":"Rome"}',
        providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 2_000 } } },
      });
      const [first] = await result.steps;
      assert.equal(first?.reasoningText, way === deaf ? undefined : 'Which city?');
      assert.match(await result.text, /snow in Rome/);
    });

    test('error: the status and the words of it, without another try', async () => {
      for (const status of [401, 404]) {
        const outcomes = await rowsOf(() =>
          assert.rejects(generateText({ model: model('local/script'), prompt: `ERROR ${status}` }), (error) => {
            assert.ok(APICallError.isInstance(error), String(error));
            assert.equal(error.statusCode, status);
            assert.match(error.message, /This test model failed/);
            return true;
          }),
        );
        assert.deepEqual(outcomes, ['failed']);
      }
      // It does not obey x-should-retry, so what may pass is asked for again, unless it is told not to.
      const once = { model: model('local/error-500'), prompt: 'x', maxRetries: 0 };
      assert.deepEqual(await rowsOf(() => assert.rejects(generateText(once), /This test model failed/)), ['failed']);
    });

    test('error in a stream: not taken for an end', async () => {
      const errors: unknown[] = [];
      const result = streamText({
        model: model('local/cut'),
        prompt: 'x',
        onError: ({ error }) => void errors.push(error),
      });
      let text = '';
      for await (const piece of result.textStream) text += piece;
      assert.ok(text.length > 10);
      assert.match(JSON.stringify(errors) + String(errors[0]), /This test model broke off its answer/);
      assert.notEqual(await result.finishReason, 'stop');
    });

    test('abort ends the request here and there', async () => {
      const controller = new AbortController();
      const { fullStream } = streamText({
        model: model('local/script'),
        prompt: 'REPEAT 1 Now.\nWAIT 30000',
        abortSignal: controller.signal,
      });
      for await (const part of fullStream) if (part.type === 'text-delta') controller.abort();
      const [newest] = await product.rows();
      assert.ok(newest);
      const row = await product.row(newest.id);
      assert.deepEqual([row.model, row.outcome, row.status], ['local/script', 'cancelled', 499]);
    });
  });
}

test('what it only refers to in the next turn is known, to the same key only', async () => {
  const openai = createOpenAI(place());
  const prompt = { role: 'user', content: 'THINK Hm.\nREPEAT 1 Said.' } as const;
  const first = await generateText({ model: openai('local/script'), messages: [prompt] });
  const messages = [prompt, ...first.response.messages, { role: 'user', content: 'And now?' } as const];
  const sent: string[] = [];
  const watched: typeof fetch = (input, init) => {
    if (typeof init?.body === 'string') sent.push(init.body);
    return fetch(input, init);
  };
  const second = await generateText({ model: createOpenAI({ ...place(), fetch: watched })('local/echo'), messages });
  assert.equal(second.text, 'And now?');
  assert.match(sent.join(), /"type":"item_reference","id":"msg_/);

  const stranger = createOpenAI(place('sk-of-somebody-else'));
  await assert.rejects(generateText({ model: stranger('local/echo'), messages }), /store: false/);
  // Its own way to keep nothing anywhere.
  const unstored = { openai: { store: false } };
  const third = await generateText({ model: stranger('local/echo'), messages, providerOptions: unstored });
  assert.equal(third.text, 'And now?');
});

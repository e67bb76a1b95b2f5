/** LangChain's models of OpenAI (both APIs) and Anthropic, as a user's program holds them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ChatAnthropic } from '@langchain/anthropic';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { type AIMessageChunk, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import { Product } from './product.ts';

let product: Product;
before(async () => {
  product = await Product.start();
});
after(() => product.stop());

const openai = (model: string, useResponsesApi: boolean): ChatOpenAI =>
  new ChatOpenAI({
    model,
    apiKey: product.key,
    configuration: { baseURL: `${product.url}/v1` },
    useResponsesApi,
    maxRetries: 0,
  });
const ways = {
  'OpenAI chat': (model: string) => openai(model, false),
  'OpenAI Responses': (model: string) => openai(model, true),
  Anthropic: (model: string) =>
    new ChatAnthropic({
      model,
      apiKey: product.key,
      anthropicApiUrl: product.url,
      thinking: { type: 'enabled', budget_tokens: 1_024 },
      maxTokens: 4_096,
      maxRetries: 0,
    }),
} satisfies Record<string, (model: string) => BaseChatModel>;

const weather = tool(({ city }) => `snow in ${city}`, {
  name: 'weather',
  description: 'The weather of a city.',
  schema: z.object({ city: z.string() }),
});

async function joined(stream: AsyncIterable<AIMessageChunk>): Promise<{ message: AIMessageChunk; pieces: number }> {
  let message: AIMessageChunk | undefined;
  let pieces = 0;
  for await (const piece of stream) {
    message = message ? message.concat(piece) : piece;
    pieces += 1;
  }
  assert.ok(message);
  return { message, pieces };
}

const Tokens = z.object({ output_tokens: z.number(), total_tokens: z.number() });
const tokensOf = (message: AIMessageChunk) => Tokens.parse(message.usage_metadata);

for (const [way, model] of Object.entries(ways)) {
  describe(way, () => {
    test('plain', async () => {
      const reply = await model('local/echo').invoke('Hi there');
      assert.equal(reply.text, 'Hi there');
      assert.equal(tokensOf(reply).total_tokens, 4);
    });

    test('stream', async () => {
      const { message, pieces } = await joined(await model('local/long').stream('x'));
      assert.ok(pieces > 5 && message.text.split(' ').length > 1_900);
      assert.ok(tokensOf(message).output_tokens > 1_000);
    });

    test('tools: two calls, run and answered', async () => {
      const bound = model('local/script').bindTools([weather]);
      for (const stream of [false, true]) {
        const prompt = new HumanMessage('CALL_TOOL weather {"city":"Rome"}\nCALL_TOOL weather {"city":"Oslo"}');
        const said = stream ? (await joined(await bound.stream([prompt]))).message : await bound.invoke([prompt]);
        assert.deepEqual(
          said.tool_calls?.map(({ name, args }) => [name, args]),
          [
            ['weather', { city: 'Rome' }],
            ['weather', { city: 'Oslo' }],
          ],
        );
        const results: ToolMessage[] = [];
        for (const call of said.tool_calls ?? []) results.push(await weather.invoke({ ...call, type: 'tool_call' }));
        const end = await bound.invoke([prompt, said, ...results]);
        assert.equal(end.text, 'snow in Rome\nsnow in Oslo');
      }
    });

    test('thinking, which goes back in the next turn', async () => {
      const prompt = new HumanMessage('THINK Hm.\nREPEAT 1 Said.');
      const said = await model('local/script').invoke([prompt]);
      assert.equal(said.text, 'Said.');
      const block = said.contentBlocks.find(({ type }) => type === 'reasoning');
      // Of Chat Completions it keeps thinking as it came.
      assert.equal(block?.['reasoning'] ?? said.additional_kwargs['reasoning_content'], 'Hm.');
      const end = await model('local/echo').invoke([prompt, said, new HumanMessage('And now?')]);
      assert.equal(end.text, 'And now?');
    });

    test('error: its words, after one request', async () => {
      for (const status of [401, 429, 500]) {
        const known = (await product.rows()).length;
        await assert.rejects(model(`local/error-${status}`).invoke('x'), /This test model failed/);
        assert.equal((await product.rows()).length, known + 1);
      }
    });

    test('error in a stream: not taken for an end', async () => {
      await assert.rejects(async () => joined(await model('local/cut').stream('x')), /broke off its answer/);
    });

    test('abort ends the request here and there', async () => {
      const controller = new AbortController();
      const { signal } = controller;
      await assert.rejects(async () => {
        for await (const piece of await model('local/script').stream('REPEAT 1 Now.\nWAIT 30000', { signal }))
          if (piece.text) controller.abort();
      });
      const [newest] = await product.rows();
      assert.ok(newest);
      const row = await product.row(newest.id);
      assert.deepEqual([row.model, row.outcome, row.status], ['local/script', 'cancelled', 499]);
    });
  });
}

/** The official API of Z.AI from end to end: clients, the real gateway, and the simulator of the vendor's bases. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { z } from 'zod';
import { messagesScripts, scripts } from '../simulators/zai-api/simulator.ts';
import type { Reply } from './http.ts';
import {
  bodyOf,
  type Desk,
  type Message,
  messageOf,
  paid,
  provider,
  startDesk,
  until,
  untilSome,
} from './zai-api-desk.ts';

let desk: Desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());
beforeEach(() => desk.reset());

const deltas = (reply: Reply) =>
  [...reply.text.matchAll(/^data: (\{.*)$/gm)].flatMap(([, json = '']) => {
    const chunk = JSON.parse(json) as { choices: { delta: Message; finish_reason: string | null }[] };
    return chunk.choices;
  });
const warned = async (reply: Reply) =>
  (await desk.row(reply)).warnings.map((notice) => ('field' in notice ? notice.field : notice.code)).toSorted();

const weather = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
};
const call = { id: 'call_w', name: 'weather', arguments: '{"city":"Ulm"}' };

describe('an answer', () => {
  it('is given whole and as a stream, with what was thought and counted', async () => {
    const whole = await desk.ask();
    assert.equal(messageOf(whole).content, 'You said: Hello');
    assert.match(messageOf(whole).reasoning_content ?? '', /I repeat it/);
    assert.equal(bodyOf(whole).usage.prompt_tokens_details?.cached_tokens, 8);
    const streamed = await desk.ask('glm-4.7', { stream: true });
    assert.equal(deltas(streamed).map(({ delta }) => delta.content ?? '').join(''), 'You said: Hello'); // prettier-ignore
    assert.match(deltas(streamed).map(({ delta }) => delta.reasoning_content ?? '').join(''), /I repeat it/); // prettier-ignore
    assert.ok(streamed.text.endsWith('data: [DONE]\n\n'));
    const { provider: answered, usage, attempts } = await desk.row(streamed);
    assert.deepEqual([answered, usage?.outputTokens, attempts[0]?.credential], [provider, 30, 'ZA1']);
    assert.deepEqual(
      [desk.site.seen[0]?.base, desk.site.seen[0]?.headers['accept-language']],
      ['standard', 'en-US,en'],
    );
  });

  for (const [what, model, wish, thinking, effort, notice] of [
    ['off', 'GLM-4.7', { thinking: { type: 'disabled' } }, { type: 'disabled' }, undefined, undefined],
    ['on', 'GLM-4.5', { enable_thinking: true }, { type: 'enabled' }, undefined, undefined],
    ['as its name says', 'GLM-4.7-Thinking', {}, { type: 'enabled' }, undefined, undefined],
    ['off in spite of its name', 'GLM-4.7-Thinking', { thinking: false }, { type: 'disabled' }, undefined, undefined],
    ['to a degree', 'GLM-5.2', { reasoning_effort: 'low' }, { type: 'enabled' }, 'low', undefined],
    ['to the nearest of three degrees', 'GLM-5.3', { reasoning_effort: 'medium' }, { type: 'enabled' }, 'high', undefined],
    ['to a degree it does not have', 'GLM-4.7', { reasoning_effort: 'low' }, { type: 'enabled' }, undefined, 'effort_ignored'],
    ['off where it cannot be', 'GLM-5.3', { reasoning_effort: 'none' }, undefined, undefined, 'thinking_always_on'],
    ['kept over turns', 'GLM-5', { thinking: { type: 'enabled', clear_thinking: false } }, { type: 'enabled', clear_thinking: false }, undefined, undefined],
    ['forgotten over turns', 'GLM-5', { thinking: { type: 'enabled', clear_thinking: true } }, { type: 'enabled', clear_thinking: true }, undefined, undefined],
    ['as the model likes', 'GLM-4.7', {}, undefined, undefined, undefined],
  ] as const) {
    it(`is thought about: ${what}`, async () => {
      const reply = await desk.ask(model, wish);
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual([desk.sent()['thinking'], desk.sent()['reasoning_effort']], [thinking, effort]);
      assert.deepEqual(await warned(reply), notice ? [notice] : []);
      assert.equal(messageOf(reply).reasoning_content === undefined, thinking?.type === 'disabled');
    });
  } // prettier-ignore

  it('calls tools with arguments that come in pieces, and gets back what it had thought', async () => {
    desk.site.answer(scripts.answer({ calls: [call], reasoning: 'I need the weather.', every: 5 }));
    const question = { role: 'user', content: 'Weather?' };
    const first = await desk.ask('GLM-4.7', { stream: true, tools: [weather], messages: [question] });
    assert.equal(desk.sent()['tool_stream'], true);
    const pieces = deltas(first).flatMap(({ delta }) => delta.tool_calls ?? []);
    assert.ok(pieces.length > 2);
    assert.equal(pieces.map((piece) => piece.function.arguments).join(''), call.arguments);
    assert.equal(deltas(first).at(-1)?.finish_reason, 'tool_calls');

    desk.site.answer(scripts.answer({ text: 'Rain.' }));
    const asked = {
      role: 'assistant',
      content: null,
      reasoning_content: 'I need the weather.',
      tool_calls: [{ id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } }],
    };
    const second = await desk.ask('GLM-4.7', {
      tools: [weather],
      messages: [question, asked, { role: 'tool', tool_call_id: call.id, content: 'rain' }],
    });
    assert.equal(messageOf(second).content, 'Rain.');
    assert.deepEqual((desk.sent()['messages'] as object[])[1], asked);
  });

  it('does not stream arguments where the model cannot', async () => {
    desk.site.answer(scripts.answer({ calls: [call] }));
    const reply = await desk.ask('GLM-4.5', { tools: [weather] });
    assert.deepEqual([reply.status, 'tool_stream' in desk.sent()], [200, false]);
    assert.equal(messageOf(reply).tool_calls?.[0]?.function.arguments, call.arguments);
  });

  for (const [model, wish] of [['GLM-4.7', { web_search: true }], ['GLM-4.7-Search', {}]] as const) {
    it(`names its sources: ${model} with ${JSON.stringify(wish)}`, async () => {
      const reply = await desk.ask(model, wish);
      assert.deepEqual((desk.sent()['tools'] as { type: string }[]).map(({ type }) => type), ['web_search']); // prettier-ignore
      assert.equal(messageOf(reply).annotations?.[0]?.url_citation.url, 'https://example.com/gates');
    });
  } // prettier-ignore

  const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } };
  const seen = { messages: [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, picture] }] };
  it('is about an image for a model that sees', async () => {
    assert.equal((await desk.ask('GLM-4.6V', seen)).status, 200);
    assert.deepEqual((desk.sent()['messages'] as { content: object[] }[])[0]?.content[1], picture);
  });

  it('is refused before anything is sent where nobody would see the image', async () => {
    const reply = await desk.ask('GLM-5.3', seen);
    assert.deepEqual([reply.status, bodyOf(reply).error.code, desk.site.seen.length], [400, 'images_not_supported', 0]);
  });

  it('is JSON: an object by its field, a schema by its field and in words', async () => {
    desk.site.answer(scripts.answer({ text: '{"n":1}' }));
    const plain = await desk.ask('GLM-4.7', { response_format: { type: 'json_object' } });
    assert.deepEqual([messageOf(plain).content, desk.sent()['response_format']], ['{"n":1}', { type: 'json_object' }]);
    assert.equal((desk.sent()['messages'] as object[]).length, 1);
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    desk.site.answer(scripts.answer({ text: '```json\n{"n": "2"}\n```' }));
    const shaped = await desk.ask('GLM-4.7', {
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
    });
    assert.deepEqual(JSON.parse(messageOf(shaped).content ?? ''), { n: 2 });
    assert.deepEqual(desk.sent()['response_format'], { type: 'json_object' });
    assert.match(JSON.stringify(desk.sent()['messages']), /JSON Schema/);
  });

  it('leaves out what the base refuses, with a warning for each field', async () => {
    const reply = await desk.ask('GLM-4.7', {
      seed: 7,
      presence_penalty: 1,
      frequency_penalty: 1,
      logit_bias: { 5: 1 },
      temperature: 1.7,
      top_p: 0,
      max_tokens: 500_000,
      stop: ['a', 'b'],
      user: 'me',
      tools: [weather],
      tool_choice: 'required',
      parallel_tool_calls: false,
    });
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(await warned(reply), [
      'frequency_penalty', 'logit_bias', 'max_tokens', 'parallel_tool_calls', 'presence_penalty', 'seed', 'stop', 'temperature',
      'tool_choice_not_enforced', 'top_p', 'user',
    ]); // prettier-ignore
    const { temperature, top_p: top, max_tokens: most, stop } = desk.sent();
    assert.deepEqual([temperature, top, most, stop], [1, 0.01, 128_000, ['a']]);
  });

  it('that is unsafe ends as filtered, one that breaks off never as whole', async () => {
    desk.site.answer(scripts.answer({ text: 'half', finish: 'sensitive' }));
    assert.equal(bodyOf(await desk.ask()).choices[0]?.finish_reason, 'content_filter');
    for (const script of [scripts.answer({ finish: 'network_error' }), scripts.cut(2), scripts.fin(2)]) {
      desk.site.answer(script);
      const reply = await desk.ask('GLM-4.7', { stream: true });
      assert.ok(reply.text.includes('"error"') && !reply.text.includes('[DONE]'), reply.text);
    }
  });

  it('is given up upstream when the client leaves', async () => {
    const gate = scripts.gated();
    desk.site.answer(gate.script);
    const controller = new AbortController();
    const left = fetch(`${desk.product.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${desk.product.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'GLM-4.7', stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
      signal: controller.signal,
    });
    await until(() => desk.site.seen.length === 1);
    controller.abort();
    await assert.rejects(left);
    await until(() => desk.site.seen[0]?.outcome === 'aborted');
    gate.open();
  });
});

describe('a client of the Messages API', () => {
  it('is answered by the base of its own form, its body and the events as they are', async () => {
    const reply = await desk.product.ask(
      '/v1/messages',
      { model: 'GLM-4.7', max_tokens: 64, stream: true, novel: { x: 1 }, messages: [{ role: 'user', content: 'Hello' }] },
      { 'anthropic-beta': 'from-the-future' },
    ); // prettier-ignore
    const [one] = desk.site.seen;
    assert.deepEqual([one?.base, one?.key, one?.headers['anthropic-beta']], ['anthropic', paid, 'from-the-future']);
    assert.deepEqual([desk.sent()['novel'], desk.sent()['model']], [{ x: 1 }, 'glm-4.7']);
    assert.match(reply.text, /event: ping[\s\S]*event: message_stop/);
  });

  it('has its variant’s wish, for which the other base is asked', async () => {
    const model = 'GLM-4.7-Search';
    const reply = await desk.product.ask('/v1/messages', { model, max_tokens: 64, messages: [{ role: 'user', content: 'Hi' }] }); // prettier-ignore
    assert.equal(reply.status, 200, reply.text);
    assert.equal(desk.site.seen[0]?.base, 'standard');
  });

  it('is told the vendor’s codes there too', async () => {
    desk.site.answerMessages(messagesScripts.refused(429, '1302', 'High concurrency'));
    const reply = await desk.product.ask('/v1/messages', { model: 'GLM-4.7', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] }); // prettier-ignore
    assert.equal(reply.status, 429);
    assert.equal((await desk.row(reply)).failure?.code, 'concurrency_limited');
  });
});

describe('the catalogue', () => {
  it('has the table, and what the service lists beyond it', async () => {
    desk.site.settings.models = ['glm-4.7', 'glm-6', 'cogview-4'];
    await desk.product.call('provider.refreshModels', { provider });
    const models = (await desk.product.call('models.list', { provider })) as { id: string; capabilities: object }[];
    const ids = models.map(({ id }) => id);
    for (const id of ['GLM-5.3', 'GLM-4.7', 'GLM-4.7-Thinking', 'GLM-4.6V', 'GLM-4.5-Air-Search', 'GLM-6', 'GLM-6-Search'])
      assert.ok(ids.includes(id), id); // prettier-ignore
    assert.ok(!ids.some((id) => id.includes('cog')));
    assert.equal(new Set(ids).size, ids.length);
  });

  it('without a key stays behind the web chat for the same name', async () => {
    await desk.keys();
    const list = z.object({ data: z.array(z.object({ id: z.string(), owned_by: z.string() })) });
    const { data } = list.parse((await desk.product.ask('/v1/models')).json());
    assert.ok(data.some(({ id }) => id === 'GLM-5.3'));
    assert.ok(!data.some(({ id }) => id.startsWith('zai-api/')));
  });
});

describe('requests of one key at one model', () => {
  it('wait for their turn in their order; another model does not wait; who leaves is not asked for', async () => {
    const gates = new Map(['one', 'two', 'three', 'four', 'elsewhere'].map((word) => [word, scripts.gated()]));
    desk.site.answer((turn) => gates.get(turn.prompt)?.script(turn));
    const prompts = () => desk.site.seen.map((one) => (one.body['messages'] as { content: string }[])[0]?.content);
    const say = (content: string, model = 'GLM-4.7', signal?: AbortSignal) =>
      fetch(`${desk.product.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${desk.product.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
        ...(signal && { signal }),
      }).then((response) => response.status);
    const running: Promise<number>[] = [];
    for (const [place, word] of ['one', 'two'].entries()) {
      running.push(say(word));
      await until(() => desk.site.seen.length === place + 1);
    }
    const gone = new AbortController();
    running.push(say('three'));
    await inFlight(3);
    const left = say('gone', 'GLM-4.7', gone.signal);
    await inFlight(4);
    running.push(say('four'));
    await inFlight(5);
    running.push(say('elsewhere', 'GLM-4.5'));
    await until(() => desk.site.seen.length === 3);
    assert.deepEqual(prompts(), ['one', 'two', 'elsewhere']);
    gone.abort();
    await assert.rejects(left);
    gates.get('two')?.open();
    await until(() => desk.site.seen.length === 4);
    for (const gate of gates.values()) gate.open();
    assert.deepEqual(await Promise.all(running), [200, 200, 200, 200, 200]);
    assert.deepEqual(prompts(), ['one', 'two', 'elsewhere', 'three', 'four']);
  });

  it('never come to what the vendor refuses', async () => {
    desk.site.settings.concurrency = 2;
    const replies = await Promise.all(Array.from({ length: 8 }, () => desk.ask()));
    assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200]);
  });
});

/** Waits until so many requests are known to the gateway. */
const inFlight = (count: number) => untilSome(async () => (await desk.gateway()).inFlight === count || undefined);

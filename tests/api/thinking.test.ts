/** Where reasoning goes in each dialect, and that it comes back to a model that wants it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { readMessageStream } from '../messages-stream.ts';
import type { Reply } from './http.ts';
import { Product } from './product.ts';
import { errorOf } from './shapes.ts';

const said = (content: unknown) => ({ role: 'user', content });
const model = 'local/script';
const thinkAndSay = 'THINK So it is.\nREPEAT 1 Four.';
const thought = 'So it is.';

const Chat = z.object({
  choices: z.tuple([
    z.object({
      message: z.looseObject({ content: z.string().nullable(), reasoning_content: z.string().optional() }),
    }),
  ]),
});
const Message = z.object({
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional(), thinking: z.string().optional() })),
});
const Item = z.looseObject({
  type: z.string(),
  summary: z.array(z.looseObject({ text: z.string() })).optional(),
  content: z.array(z.looseObject({ text: z.string() })).optional(),
});
const Response = z.object({ output: z.array(Item) });

type Headers = Readonly<Record<string, string>>;
const form = (mode: string): Headers => ({ 'x-traygate-thinking': mode });

let product: Product;
before(async () => {
  product = await Product.start();
});
after(() => product.stop());

function ok(reply: Reply): unknown {
  assert.equal(reply.status, 200, reply.text);
  return reply.json();
}
async function chat(messages: readonly unknown[], fields: object = {}, headers: Headers = {}) {
  const body = { model, messages, ...fields };
  return Chat.parse(ok(await product.ask('/v1/chat/completions', body, headers))).choices[0].message;
}
async function message(messages: readonly unknown[], fields: object = {}, headers: Headers = {}) {
  const body = { model, max_tokens: 100, messages, ...fields };
  return Message.parse(ok(await product.ask('/v1/messages', body, headers))).content;
}
async function respond(input: unknown, fields: object = {}, headers: Headers = {}) {
  return Response.parse(ok(await product.ask('/v1/responses', { model, input, ...fields }, headers))).output;
}
const wanted = { thinking: { type: 'enabled', budget_tokens: 1_024 } };
const asTags = `<think>${thought}</think>\n\nFour.`;

test('Chat Completions: by field, by header, and the header decides', async () => {
  const ask = async (fields: object, mode?: string) => {
    const { content, reasoning_content } = await chat([said(thinkAndSay)], fields, mode ? form(mode) : {});
    return [content, reasoning_content];
  };
  const apart = ['Four.', thought];
  assert.deepEqual(await ask({}), apart);
  assert.deepEqual(await ask({ reasoning: { exclude: true } }), ['Four.', undefined]);
  assert.deepEqual(await ask({ include_reasoning: false }), ['Four.', undefined]);
  assert.deepEqual(await ask({ reasoning_format: 'raw' }), [asTags, undefined]);
  assert.deepEqual(await ask({}, 'strip'), ['Four.', undefined]);
  assert.deepEqual(await ask({ include_reasoning: false }, ' Separate '), apart);
  const stream = await product.ask(
    '/v1/chat/completions',
    { model, messages: [said(thinkAndSay)], stream: true, include_reasoning: false },
    {},
  );
  assert.doesNotMatch(stream.text, /reasoning_content|So it/);
});

test('Messages: blocks only when they are asked for, tags only by header', async () => {
  const kinds = async (fields: object, headers: Headers = {}) =>
    (await message([said(thinkAndSay)], fields, headers)).map((block) => [block.type, block.text ?? block.thinking]);
  const answer = ['text', 'Four.'];
  assert.deepEqual(await kinds({}), [answer]);
  assert.deepEqual(await kinds({ thinking: { type: 'disabled' } }), [answer]);
  assert.deepEqual(await kinds({}, form('separate')), [answer]);
  assert.deepEqual(await kinds(wanted), [['thinking', thought], answer]);
  assert.deepEqual(await kinds({ thinking: { type: 'adaptive', display: 'omitted' } }), [['thinking', ''], answer]);
  assert.deepEqual(await kinds(wanted, form('strip')), [answer]);
  assert.deepEqual(await kinds({}, form('think')), [['text', asTags]]);
  const body = { model, max_tokens: 100, messages: [said(thinkAndSay)], stream: true };
  const { blocks } = readMessageStream((await product.ask('/v1/messages', body)).text);
  assert.deepEqual(
    blocks.map(({ type }) => type),
    ['text'],
  );
});

test('Responses: a summary, none, or tags', async () => {
  const shown = async (fields: object, headers: Headers = {}) =>
    (await respond(thinkAndSay, fields, headers)).map(({ type, summary, content }) => [
      type,
      summary?.[0]?.text ?? content?.[0]?.text,
    ]);
  const answer = ['message', 'Four.'];
  assert.deepEqual(await shown({}), [['reasoning', thought], answer]);
  assert.deepEqual(await shown({ reasoning: { summary: 'none' } }), [['reasoning', undefined], answer]);
  assert.deepEqual(await shown({}, form('strip')), [answer]);
  assert.deepEqual(await shown({}, form('think')), [['message', asTags]]);
});

test('a form that does not exist is a 400 with those that do, in every dialect', async () => {
  const bodies: [string, object][] = [
    ['/v1/chat/completions', { messages: [said('x')] }],
    ['/v1/responses', { input: 'x' }],
  ];
  for (const [route, body] of bodies) {
    const error = errorOf(await product.ask(route, { model, ...body }, form('loud')), 400, 'invalid_parameter');
    assert.equal(error.param, 'x-traygate-thinking');
    assert.match(error.message, /separate, think, strip, raw/);
  }
  const reply = await product.ask('/v1/messages', { model, max_tokens: 1, messages: [said('x')] }, form('loud'));
  assert.equal(reply.status, 400);
  assert.match(reply.text, /"invalid_request_error".*separate, think, strip, raw/);
});

test('Chat Completions: what was thought comes back, from its own field and from tags', async () => {
  const first = await chat([said(thinkAndSay)]);
  assert.equal((await chat([said('x'), first, said('RECALL')])).content, thought);
  const tagged = await chat([said(thinkAndSay)], {}, form('think'));
  const again = await chat([said('x'), tagged, said('RECALL')], {}, form('think'));
  assert.equal(again.content, thought);
  const none = { role: 'assistant', content: 'Four.' };
  assert.match((await chat([said('x'), none, said('RECALL')])).content ?? '', /^No earlier thinking/);
});

test('Messages: thinking comes back with our signature, whole where it was omitted', async () => {
  for (const thinking of [wanted.thinking, { type: 'adaptive', display: 'omitted' }]) {
    const content = await message([said(thinkAndSay)], { thinking });
    assert.equal(content[0]?.type, 'thinking');
    const history = [said('x'), { role: 'assistant', content }, said('RECALL')];
    const reply = await product.ask('/v1/messages', { model, max_tokens: 100, messages: history, thinking });
    assert.deepEqual(Message.parse(ok(reply)).content, [{ type: 'text', text: thought }]);
    const { warnings } = await product.row(String(reply.headers['x-request-id']));
    assert.deepEqual(warnings, []);
  }
});

test('Messages: what another service has signed loses its signature, visibly, and fails nothing', async () => {
  const content = [
    { type: 'thinking', thinking: thought, signature: 'EqQBCkYIBRgC' },
    { type: 'thinking', thinking: '', signature: 'EqQBCkYIBRgD' },
    { type: 'text', text: 'Four.' },
  ];
  const messages = [said('x'), { role: 'assistant', content }, said('RECALL')];
  const reply = await product.ask('/v1/messages', { model, max_tokens: 100, messages });
  assert.deepEqual(Message.parse(ok(reply)).content, [{ type: 'text', text: thought }]);
  const { warnings } = await product.row(String(reply.headers['x-request-id']));
  assert.deepEqual(warnings, [{ code: 'reasoning_signed' }]);
});

test('Responses: items come back, with or without a summary; sealed ones of others are left out', async () => {
  for (const reasoning of [{}, { summary: 'none' }]) {
    const output = await respond(thinkAndSay, { reasoning });
    const input = [said('x'), ...output, said('RECALL')];
    assert.deepEqual((await respond(input)).at(-1)?.content?.[0]?.text, thought);
  }
  const foreign = { type: 'reasoning', summary: [], encrypted_content: 'gAAAAAB' };
  const reply = await product.ask('/v1/responses', { model, input: [said('x'), foreign, said('RECALL')] });
  assert.match(reply.text, /No earlier thinking/);
  const { warnings } = await product.row(String(reply.headers['x-request-id']));
  assert.deepEqual(warnings, [{ code: 'reasoning_sealed' }]);
});

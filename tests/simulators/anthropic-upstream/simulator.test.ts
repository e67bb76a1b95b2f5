import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { complaint } from './rules.ts';
import { scripts, startAnthropicSimulator, type AnthropicSimulator } from './simulator.ts';

let site: AnthropicSimulator;
before(async () => {
  site = await startAnthropicSimulator();
});
after(() => site.close());

const good = { model: 'claude-sonnet-4-5', max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] };
const post = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${site.url}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'sk-ant-good', 'anthropic-version': '2023-06-01', ...headers },
    body: JSON.stringify(body),
  });

it('answers as it is asked, whole or as a stream', async () => {
  const whole = (await (await post(good)).json()) as { content: { text: string }[] };
  assert.equal(whole.content[0]?.text, 'You said: Hi');
  const stream = await post({ ...good, stream: true });
  assert.match(stream.headers.get('content-type') ?? '', /event-stream/);
  const text = await stream.text();
  assert.match(text, /^event: message_start\n/);
  assert.match(text, /event: message_stop\ndata: \{"type":"message_stop"\}\n\n$/);
});

it('knows its keys, its paths and its scripts', async () => {
  assert.equal((await post(good, { 'x-api-key': 'other' })).status, 401);
  assert.equal((await fetch(`${site.url}/v2/messages`)).status, 404);
  site.answer(scripts.seq(scripts.refused(529, 'overloaded_error', 'Full'), scripts.answer()));
  assert.deepEqual([(await post(good)).status, (await post(good)).status], [529, 200]);
});

const turn = (role: string, ...content: object[]) => ({ role, content });
const use = { type: 'tool_use', id: 'a', name: 'b', input: {} };
const result = { type: 'tool_result', tool_use_id: 'a', content: '' };
const hi = turn('user', { type: 'text', text: 'Hi' });
const thinking = { type: 'enabled', budget_tokens: 1024 };
const refused: readonly (readonly [RegExp, object])[] = [
  [/Extra inputs/, { ...good, seed: 1 }],
  [/max_tokens/, { ...good, max_tokens: undefined }],
  [/at least one message/, { ...good, messages: [] }],
  [/"user" role/, { ...good, messages: [turn('assistant', { type: 'text', text: 'x' })] }],
  [/unexpected role/, { ...good, messages: [hi, turn('tool', result)] }],
  [/non-empty content/, { ...good, messages: [turn('user')] }],
  [/non-whitespace/, { ...good, messages: [turn('user', { type: 'text', text: ' ' })] }],
  [/without `tool_result`/, { ...good, messages: [hi, turn('assistant', use), hi] }],
  [/unexpected `tool_use_id`/, { ...good, messages: [turn('user', result)] }],
  [/must come first/, { ...good, messages: [hi, turn('assistant', use), turn('user', { type: 'text', text: 'x' }, result)] }],
  [/Invalid `signature`/, { ...good, messages: [hi, turn('assistant', { type: 'thinking', thinking: 'x', signature: 'y' })] }],
  [/temperature/, { ...good, temperature: 1.5 }],
  [/greater than `thinking.budget_tokens`/, { ...good, max_tokens: 1024, thinking }],
  [/found `tool_use`/, { ...good, max_tokens: 2048, thinking, messages: [hi, turn('assistant', use), turn('user', result)] }],
  [/forces tool use/, { ...good, max_tokens: 2048, thinking, tool_choice: { type: 'any' } }],
]; // prettier-ignore
for (const [pattern, body] of refused)
  it(`refuses what the API refuses: ${pattern}`, () => assert.match(complaint({ ...body }, []) ?? '', pattern));

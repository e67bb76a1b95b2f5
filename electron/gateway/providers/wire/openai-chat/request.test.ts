import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatRequest, Message, Part, ReasoningEffort } from '../../../chat/request.ts';
import { modelNamed, requestOf } from '../shared/testing/ask.ts';
import { forwardBody } from './forward.ts';
import { encodeRequest } from './request.ts';
import { targetWith } from './testing/replay.ts';
import type { KnownTraits } from './traits.ts';

const text = (value: string): Part => ({ type: 'text', text: value });
const image: Part = { type: 'image', url: 'data:image/png;base64,AA', detail: 'low' };
const said = (role: Message['role'], ...content: Part[]): Message => ({ role, content });
const call = (args: string): Part => ({ type: 'tool-call', id: 'c1', name: 'run', arguments: args });
const result = (id: string, content: readonly (Part & { type: 'text' | 'image' })[], isError = false): Message => ({
  role: 'tool',
  content: [{ type: 'tool-result', id, name: 'run', content, isError }],
});
const tools = [{ name: 'run', description: 'Runs', parameters: { type: 'object', properties: {} }, strict: true }];

function encode(request: Partial<ChatRequest>, traits: KnownTraits = {}, model = modelNamed('m')) {
  const target = targetWith(traits, model);
  const body = encodeRequest(requestOf(request), target);
  return {
    body,
    notices: target.notices.map((notice) => ('field' in notice ? `${notice.code} ${notice.field}` : notice.code)),
  };
}

const messagesOf = (messages: readonly Message[], traits: KnownTraits = {}) =>
  encode({ messages }, traits).body['messages'];

it('a plain request is asked for as a stream with its usage', () => {
  const { body, notices } = encode({});
  assert.deepEqual(body, {
    model: 'm',
    messages: [{ role: 'user', content: 'Hello' }],
    stream: true,
    stream_options: { include_usage: true },
  });
  assert.deepEqual(notices, []);
});

describe('messages', () => {
  const cases: readonly (readonly [string, readonly Message[], KnownTraits, unknown])[] = [
    ['system and developer', [said('system', text('a')), said('developer', text('b'))], {}, [{ role: 'system', content: 'a' }, { role: 'system', content: 'b' }]],
    ['developer where it is known', [said('developer', text('b'))], { developer: 'developer' }, [{ role: 'developer', content: 'b' }]],
    ['several texts', [said('user', text('a'), text('b'))], {}, [{ role: 'user', content: 'a\nb' }]],
    ['a name', [{ ...said('user', text('a')), name: 'Ada' }], {}, [{ role: 'user', content: 'a', name: 'Ada' }]],
    ['a name that is refused', [{ ...said('user', text('a')), name: 'Ada' }], { refuses: ['name'] }, [{ role: 'user', content: 'a' }]],
    ['images in their place', [said('user', text('a'), image, text('b'))], {}, [{ role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AA', detail: 'low' } }, { type: 'text', text: 'b' }] }]],
    ['calls', [said('assistant', text('a'), call('{"x":1}'))], {}, [{ role: 'assistant', content: 'a', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'run', arguments: '{"x":1}' } }] }]],
    ['calls without words', [said('assistant', call(''))], {}, [{ role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'run', arguments: '{}' } }] }]],
    ['calls without words, as strings', [said('assistant', call('{}'))], { content: 'text' }, [{ role: 'assistant', content: '', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'run', arguments: '{}' } }] }]],
    ['broken arguments, repaired', [said('assistant', call("{'x': 1,"))], {}, [{ role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'run', arguments: '{"x":1}' } }] }]],
    ['long numbers in arguments', [said('assistant', call('{"id":12345678901234567890}'))], {}, [{ role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'run', arguments: '{"id":12345678901234567890}' } }] }]],
    ['reasoning is not sent', [said('assistant', { type: 'reasoning', text: 'why' }, text('a'))], {}, [{ role: 'assistant', content: 'a' }]],
    ['reasoning where it is wanted', [said('assistant', { type: 'reasoning', text: 'why' }, call('{}'))], { reasoningBack: 'reasoning_content' }, [{ role: 'assistant', content: null, reasoning_content: 'why', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'run', arguments: '{}' } }] }]],
    ['results', [result('c1', [{ type: 'text', text: 'ok' }])], {}, [{ role: 'tool', tool_call_id: 'c1', content: 'ok' }]],
    ['a result that is an error', [result('c1', [{ type: 'text', text: 'no such file' }], true), result('c2', [{ type: 'text', text: 'Error: x' }], true)], {}, [{ role: 'tool', tool_call_id: 'c1', content: 'Error: no such file' }, { role: 'tool', tool_call_id: 'c2', content: 'Error: x' }]],
    [
      'images of results, after the last of them',
      [result('c1', [{ type: 'text', text: 'ok' }, { type: 'image', url: 'https://a/1.png' }]), result('c2', []), said('user', text('b'))],
      {},
      [{ role: 'tool', tool_call_id: 'c1', content: 'ok' }, { role: 'tool', tool_call_id: 'c2', content: '' }, { role: 'user', content: [{ type: 'text', text: 'Images in the result of run (c1):' }, { type: 'image_url', image_url: { url: 'https://a/1.png' } }] }, { role: 'user', content: 'b' }],
    ],
    ['results inside a user message', [said('user', { type: 'tool-result', id: 'c1', content: [{ type: 'text', text: 'ok' }], isError: false }, text('b'))], {}, [{ role: 'tool', tool_call_id: 'c1', content: 'ok' }, { role: 'user', content: 'b' }]],
    ['system words before the first question', [said('system', text('s')), said('assistant', text('a')), said('user', text('u'))], { system: 'user' }, [{ role: 'assistant', content: 'a' }, { role: 'user', content: 's\n\nu' }]],
    ['system words alone', [said('system', text('s'))], { system: 'user' }, [{ role: 'user', content: 's' }]],
  ]; // prettier-ignore
  for (const [name, messages, traits, expected] of cases) {
    it(name, () => assert.deepEqual(messagesOf(messages, traits), expected));
  }

  for (const traits of [{ images: false }, { content: 'text' }] as const) {
    it(`with images are refused where nobody sees them: ${Object.keys(traits).join()}`, () => {
      for (const message of [said('user', image), result('c1', [{ type: 'image', url: 'https://a/1.png' }])])
        assert.throws(() => messagesOf([message], traits), { code: 'images_not_supported' });
    });
  }
});

describe('fields', () => {
  const cases: readonly (readonly [string, Partial<ChatRequest>, KnownTraits, object, readonly string[]])[] = [
    ['sampling', { sampling: { temperature: 1.5, topP: 0.5, maxTokens: 9, stop: ['a', 'b'], seed: 1, presencePenalty: 1, frequencyPenalty: -1 } }, {}, { temperature: 1.5, top_p: 0.5, max_tokens: 9, stop: ['a', 'b'], seed: 1, presence_penalty: 1, frequency_penalty: -1 }, []],
    ['sampling brought into range', { sampling: { temperature: 1.5, topP: 0, stop: ['a', 'b'] } }, { temperature: [0, 1], topP: [0.01, 1], stops: 1 }, { temperature: 1, top_p: 0.01, stop: ['a'] }, ['field_adjusted temperature', 'field_adjusted top_p', 'field_adjusted stop']],
    ['sampling refused', { sampling: { temperature: 0, seed: 1, presencePenalty: 1, maxTokens: 5, stop: ['a'] } }, { refuses: ['temperature', 'seed', 'presence_penalty', 'max_tokens'], stops: 0 }, {}, ['field_ignored_by temperature', 'field_ignored_by max_tokens', 'field_ignored_by stop', 'field_ignored_by seed', 'field_ignored_by presence_penalty']],
    ['defaults refused, unsaid', { sampling: { temperature: 1, topP: 1, presencePenalty: 0 } }, { refuses: ['temperature', 'top_p', 'presence_penalty'] }, {}, []],
    ['the other limit', { sampling: { maxTokens: 9 } }, { maxTokens: 'max_completion_tokens' }, { max_completion_tokens: 9 }, []],
    ['tools', { tools, parallelToolCalls: false }, {}, { tools: [{ type: 'function', function: tools[0] }], parallel_tool_calls: false }, []],
    ['a tool without a schema', { tools: [{ name: 'x', parameters: {} }] }, {}, { tools: [{ type: 'function', function: { name: 'x', parameters: { type: 'object', properties: {} } } }] }, []],
    ['a forced call', { tools, toolChoice: { type: 'required' } }, { refuses: ['strict'] }, { tools: [{ type: 'function', function: { name: 'run', description: 'Runs', parameters: tools[0]?.parameters } }], tool_choice: 'required' }, []],
    ['a forced tool', { tools, toolChoice: { type: 'tool', name: 'run' } }, {}, { tools: [{ type: 'function', function: tools[0] }], tool_choice: { type: 'function', function: { name: 'run' } } }, []],
    ['no call', { tools, toolChoice: { type: 'none' } }, {}, { tools: [{ type: 'function', function: tools[0] }], tool_choice: 'none' }, []],
    ['no call where it cannot be forbidden', { tools, toolChoice: { type: 'none' } }, { toolChoice: 'auto' }, {}, []],
    ['a forced call where it cannot be forced', { tools, toolChoice: { type: 'required' }, parallelToolCalls: true }, { toolChoice: 'auto', refuses: ['parallel_tool_calls'] }, { tools: [{ type: 'function', function: tools[0] }] }, ['tool_choice_not_enforced']],
    ['tools where there are none', { tools }, { tools: false }, {}, ['field_ignored_by tools']],
    ['JSON', { responseFormat: { type: 'json-object' } }, {}, { response_format: { type: 'json_object' } }, []],
    ['JSON by schema', { responseFormat: { type: 'json-schema', name: 'n', schema: { type: 'object' }, strict: true } }, {}, { response_format: { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object' }, strict: true } } }, []],
    ['JSON by schema where there is only JSON', { responseFormat: { type: 'json-schema', name: 'n', schema: {}, strict: false } }, { formats: ['json-object'] }, { response_format: { type: 'json_object' } }, ['format_not_enforced']],
    ['JSON where there is none', { responseFormat: { type: 'json-object' } }, { formats: [] }, {}, ['format_not_enforced']],
    ['search', { search: true }, {}, {}, ['field_ignored_by web_search']],
    ['search by a field', { search: true }, { search: { fields: { web_search_options: {} } } }, { web_search_options: {} }, []],
    ['search by a tool', { search: true, tools }, { search: { tool: { type: 'web_search' } } }, { tools: [{ type: 'function', function: tools[0] }, { type: 'web_search' }] }, []],
    ['a user', { user: 'ada' }, {}, { user: 'ada' }, []],
    ['a user under another name', { user: 'ada-lovelace' }, { user: { field: 'user_id', length: [6, 8] } }, { user_id: 'ada-love' }, ['field_adjusted user']],
    ['a user too short', { user: 'ada' }, { user: { field: 'user_id', length: [6, 8] } }, {}, ['field_ignored_by user']],
    ['what every request has', {}, { extra: { tool_stream: true } }, { tool_stream: true }, []],
  ]; // prettier-ignore
  for (const [name, request, traits, expected, notices] of cases) {
    it(name, () => {
      const { body, notices: noted } = encode(request, traits);
      const { model: _model, messages: _messages, stream: _stream, stream_options: _options, ...rest } = body;
      assert.deepEqual(rest, expected);
      assert.deepEqual(noted, notices);
    });
  }

  it('a limit beyond what the model can is brought down', () => {
    const { body, notices } = encode(
      { sampling: { maxTokens: 9_000 } },
      {},
      modelNamed('m', { maxOutputTokens: 4_096 }),
    );
    assert.deepEqual([body['max_tokens'], notices], [4_096, ['field_adjusted max_tokens']]);
  });

  it('no stream options where they are refused', () => {
    assert.ok(!('stream_options' in encode({}, { refuses: ['stream_options'] }).body));
  });

  it("OpenAI's reasoning models get what they take", () => {
    for (const name of ['o3-mini', 'gpt-5', 'openai/gpt-5.1']) {
      const request = { sampling: { maxTokens: 9, temperature: 0.5 }, messages: [said('developer', text('a'))] };
      const { body, notices } = encode(request, {}, modelNamed(name));
      assert.deepEqual(
        [body['max_completion_tokens'], body['max_tokens'], body['temperature']],
        [9, undefined, undefined],
      );
      assert.deepEqual(body['messages'], [{ role: 'developer', content: 'a' }]);
      assert.deepEqual(notices, ['field_ignored_by temperature']);
    }
    assert.equal(encode({ sampling: { maxTokens: 9 } }, {}, modelNamed('gpt-5-chat-latest')).body['max_tokens'], 9);
  });
});

describe('thinking', () => {
  type Wish = { enabled?: boolean; effort?: ReasoningEffort };
  const cases: readonly (readonly [string, Wish, KnownTraits, object, readonly string[]])[] = [
    ['an effort', { enabled: true, effort: 'high' }, {}, { reasoning_effort: 'high' }, []],
    ['on, without more', { enabled: true }, {}, {}, []],
    ['off where no effort says so', { enabled: false }, {}, {}, ['thinking_always_on']],
    ['off by an effort', { effort: 'none' }, { efforts: { none: 'none' } }, { reasoning_effort: 'none' }, []],
    ["a service's own word", { effort: 'max' }, { efforts: { max: 'xhigh' } }, { reasoning_effort: 'xhigh' }, []],
    ['an effort without a word', { effort: 'minimal' }, { efforts: { low: 'low' } }, {}, ['effort_ignored']],
    ['a switch, on', { enabled: true }, { thinking: ['switch'] }, { thinking: { type: 'enabled' } }, []],
    ['a switch, off', { enabled: false }, { thinking: ['switch'] }, { thinking: { type: 'disabled' } }, []],
    ['a switch, to a degree', { effort: 'low' }, { thinking: ['switch'] }, { thinking: { type: 'enabled' } }, ['effort_ignored']],
    ['switch and effort, off', { enabled: false }, { thinking: ['switch', 'effort'] }, { thinking: { type: 'disabled' } }, []],
    ['switch and effort', { effort: 'low' }, { thinking: ['switch', 'effort'] }, { thinking: { type: 'enabled' }, reasoning_effort: 'low' }, []],
    ['a switch that cannot be off', { enabled: false }, { thinking: ['switch'], thinkingOff: false }, {}, ['thinking_always_on']],
    ['a flag', { enabled: false }, { thinking: ['flag'] }, { enable_thinking: false }, []],
    ['a template', { enabled: true }, { thinking: ['template'] }, { chat_template_kwargs: { enable_thinking: true } }, []],
    ["OpenRouter's form", { effort: 'low' }, { thinking: ['reasoning'] }, { reasoning: { effort: 'low' } }, []],
    ["OpenRouter's form, off", { enabled: false }, { thinking: ['reasoning'] }, { reasoning: { enabled: false } }, []],
    ['none', { enabled: true }, { thinking: [] }, {}, ['thinking_not_offered']],
    ['none, off', { enabled: false }, { thinking: [] }, {}, []],
  ]; // prettier-ignore
  for (const [name, thinking, traits, expected, notices] of cases) {
    it(name, () => {
      const { body, notices: noted } = encode({ thinking }, traits);
      const { model: _model, messages: _messages, stream: _stream, stream_options: _options, ...rest } = body;
      assert.deepEqual([rest, noted], [expected, notices]);
    });
  }

  it('is not asked of a model that does not think', () => {
    const model = modelNamed('m', { capabilities: { thinking: false, tools: true, vision: true, search: false } });
    const { body, notices } = encode({ thinking: { enabled: true, effort: 'high' } }, {}, model);
    assert.deepEqual([body['reasoning_effort'], notices], [undefined, ['thinking_not_offered']]);
  });
});

describe("a client's own body", () => {
  const original = {
    model: 'alias',
    messages: [{ role: 'user', content: 'Hello', cache_control: { type: 'ephemeral' } }],
    logit_bias: { 1: 2 },
    metadata: { a: 1 },
  };
  const forward = (body: object, traits: KnownTraits = {}, request: Partial<ChatRequest> = {}, whole = false) => {
    const target = targetWith(traits);
    return { forwarded: forwardBody({ ...body }, requestOf(request), target, whole), notices: target.notices };
  };

  it('goes on with its unknown fields and another name of the model', () => {
    const { forwarded, notices } = forward({ ...original, stream: true });
    assert.deepEqual(forwarded, {
      body: { ...original, model: 'm', stream: true, stream_options: { include_usage: true } },
      usageAsked: false,
    });
    assert.deepEqual(notices, []);
  });

  it('keeps what it says of its stream', () => {
    const options = { include_usage: true, include_obfuscation: false };
    const { forwarded } = forward({ ...original, stream: true, stream_options: options });
    assert.deepEqual([forwarded?.body['stream_options'], forwarded?.usageAsked], [options, true]);
  });

  it('gets no stream options when it is whole, or where they are refused', () => {
    assert.deepEqual(forward(original, {}, {}, true).forwarded?.body, { ...original, model: 'm', stream: false });
    assert.ok(!('stream_options' in (forward(original, { refuses: ['stream_options'] }).forwarded?.body ?? {})));
  });

  it('leads nowhere else', () => {
    const { forwarded, notices } = forward({
      ...original,
      api_base: 'https://evil.example',
      api_key: 'x',
      headers: {},
    });
    assert.ok(!/evil|api_key|headers/.test(JSON.stringify(forwarded)));
    assert.equal(notices.length, 3);
  });

  it('is said as it is where only the common case is known', () => {
    const { forwarded } = forward(
      { ...original, thinking: { type: 'disabled' } },
      {},
      { thinking: { enabled: false } },
    );
    assert.deepEqual(forwarded?.body['thinking'], { type: 'disabled' });
  });

  const changed: readonly (readonly [string, KnownTraits, Partial<ChatRequest>, object?])[] = [
    ['too many stop words', { stops: 1 }, { sampling: { stop: ['a', 'b'] } }],
    ['a temperature out of range', { temperature: [0, 1] }, { sampling: { temperature: 2 } }],
    ['a field that is refused', { refuses: ['seed'] }, { sampling: { seed: 1 } }],
    ['a service that takes no bodies of others', { forward: false }, {}],
    ['system words elsewhere', { system: 'user' }, {}],
    ['fields of every request', { extra: { tool_stream: true } }, {}],
    ['thinking under another name', { thinking: ['switch'] }, { thinking: { enabled: true } }, { enable_thinking: true }],
    ['the limit under another name', { maxTokens: 'max_tokens' }, { sampling: { maxTokens: 5 } }, { max_completion_tokens: 5 }],
    ['content that is a list', { content: 'text' }, {}, { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] }],
  ]; // prettier-ignore
  for (const [name, traits, request, more] of changed) {
    it(`is written anew for ${name}`, () => {
      assert.equal(forward({ ...original, ...more }, traits, request).forwarded, undefined);
    });
  }

  it('goes on where it already is what the service wants', () => {
    assert.ok(
      forward(original, { content: 'text', stops: 1, thinking: ['switch'] }, { sampling: { stop: ['a'] } }).forwarded,
    );
  });
});

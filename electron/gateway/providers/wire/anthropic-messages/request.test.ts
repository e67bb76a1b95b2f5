import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Notice } from '../../../../../shared/notice.ts';
import { complaint } from '../../../../../tests/simulators/anthropic-upstream/rules.ts';
import type { ChatRequest, Message, Part } from '../../../chat/request.ts';
import { ownSignatures } from '../../../chat/own-signature.ts';
import { decodeBody } from '../../../dialects/anthropic-messages/decode.ts';
import { encodeRequest } from './request.ts';
import { type Traits, traitsOf } from './traits.ts';

type Body = Readonly<Record<string, unknown>>;

interface Setting {
  readonly model?: string;
  readonly traits?: Partial<Traits>;
  readonly most?: number;
}

const user = (...content: readonly (string | Part)[]): Message => message('user', content);
const assistant = (...content: readonly (string | Part)[]): Message => message('assistant', content);
const message = (role: Message['role'], content: readonly (string | Part)[]): Message => ({
  role,
  content: content.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
});
const image = (url: string): Part => ({ type: 'image', url });
const call = (id: string, text: string): Part => ({ type: 'tool-call', id, name: 'run', arguments: text });
const result = (id: string, text = 'ok'): Message =>
  message('tool', [{ type: 'tool-result', id, content: [{ type: 'text', text }], isError: false }]);
const reasoning = (text: string, signature?: string): Part => ({
  type: 'reasoning',
  text,
  ...(signature && { signature }),
});

function encoded(request: Partial<ChatRequest>, { model = 'glm-5', traits, most }: Setting = {}): [Body, string[]] {
  const notices: Notice[] = [];
  const whole: ChatRequest = {
    model,
    messages: [user('Hi')],
    tools: [],
    toolChoice: { type: 'auto' },
    sampling: {},
    responseFormat: { type: 'text' },
    ...request,
  };
  const body = encodeRequest(whole, {
    model: {
      id: model,
      provider: 'acme',
      upstreamId: model,
      created: 0,
      capabilities: { thinking: true, tools: true, vision: true, search: false },
      contextTokens: null,
      maxOutputTokens: most ?? null,
      test: false,
    },
    traits: { ...traitsOf(model), ...traits },
    warn: (notice) => notices.push(notice),
  });
  const said = notices.map((notice) => ('field' in notice ? `${notice.code} ${notice.field}` : notice.code));
  return [body, said];
}

const text = (value: string) => ({ type: 'text', text: value });

describe('messages', () => {
  const turns = (messages: readonly Message[], setting?: Setting) => encoded({ messages }, setting);
  const cases: readonly (readonly [string, readonly Message[], Body, readonly string[]])[] = [
    [
      'a prompt of the system, and of the developer, before all',
      [message('system', ['A']), message('developer', ['B', 'C']), user('Hi')],
      { system: 'A\n\nB\nC', messages: [{ role: 'user', content: [text('Hi')] }] },
      [],
    ],
    [
      'a prompt of the system later is said by the user',
      [user('Hi'), message('system', ['Be brief']), assistant('Ok'), message('system', ['Last'])],
      {
        messages: [
          { role: 'user', content: [text('Hi'), text('Be brief')] },
          { role: 'assistant', content: [text('Ok')] },
          { role: 'user', content: [text('Last')] },
        ],
      },
      [],
    ],
    ['nothing but a prompt of the system', [message('system', ['Do it'])], { messages: [{ role: 'user', content: [text('Do it')] }] }, []],
    [
      'neighbours of one role, and turns with nothing in them',
      [user('a'), user('b'), assistant('', '  '), user('c'), assistant('d'), assistant('e  ')],
      {
        messages: [
          { role: 'user', content: [text('a'), text('b'), text('c')] },
          { role: 'assistant', content: [text('d'), text('e')] },
        ],
      },
      [],
    ],
    [
      'an assistant that begins',
      [assistant('Welcome'), user('Hi')],
      {
        messages: [
          { role: 'user', content: [text('…')] },
          { role: 'assistant', content: [text('Welcome')] },
          { role: 'user', content: [text('Hi')] },
        ],
      },
      [],
    ],
    [
      'calls with broken arguments, and their results before other words',
      [
        user('Go'),
        assistant('Sure', call('functions.run:0', '{"a": 1'), call('b', 'nonsense'), call('c', '')),
        message('system', ['Quick']),
        result('functions.run:0'),
        result('b'),
        result('c'),
      ],
      {
        messages: [
          { role: 'user', content: [text('Go')] },
          {
            role: 'assistant',
            content: [
              text('Sure'),
              { type: 'tool_use', id: 'functions_run_0', name: 'run', input: { a: 1 } },
              { type: 'tool_use', id: 'b', name: 'run', input: {} },
              { type: 'tool_use', id: 'c', name: 'run', input: {} },
            ],
          },
          {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 'functions_run_0', content: 'ok' },
              { type: 'tool_result', tool_use_id: 'b', content: 'ok' },
              { type: 'tool_result', tool_use_id: 'c', content: 'ok' },
              text('Quick'),
            ],
          },
        ],
      },
      [],
    ],
    [
      'images with their bytes, by address, and where none can be',
      [user(image('data:image/jpg;base64,AAAA'), image('https://e.com/a.png'), image('data:image/png,%01a')), assistant(image('https://e.com/b'), 'x')],
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'AAAA' } },
              { type: 'image', source: { type: 'url', url: 'https://e.com/a.png' } },
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AWE=' } },
            ],
          },
          { role: 'assistant', content: [text('x')] },
        ],
      },
      ['part_ignored'],
    ],
    [
      'thinking with a signature of the service, and without',
      [user('a'), assistant(reasoning('signed', 'simulated-signature-1'), 'b'), user('c'), assistant(reasoning('bare'), reasoning('ours', `${ownSignatures.plain}x`), 'd'), user('e')],
      {
        messages: [
          { role: 'user', content: [text('a')] },
          { role: 'assistant', content: [{ type: 'thinking', thinking: 'signed', signature: 'simulated-signature-1' }, text('b')] },
          { role: 'user', content: [text('c')] },
          { role: 'assistant', content: [text('d')] },
          { role: 'user', content: [text('e')] },
        ],
      },
      ['thinking_unsigned', 'thinking_unsigned'],
    ],
  ]; // prettier-ignore
  for (const [name, messages, wanted, notices] of cases)
    it(name, () => {
      const [body, said] = turns(messages);
      assert.deepEqual({ ...body, model: undefined, max_tokens: undefined, stream: undefined }, { model: undefined, max_tokens: undefined, stream: undefined, ...wanted }); // prettier-ignore
      assert.deepEqual(said, notices);
      assert.equal(complaint(body, []), undefined);
    });

  it('images are refused where none are taken', () => {
    assert.throws(() => turns([user(image('https://e.com/a.png'))], { traits: { images: false } }), {
      code: 'images_not_supported',
    });
    assert.deepEqual(turns([user(image('https://e.com/a.png'))], { traits: { imageAddresses: false } })[1], [
      'image_by_address',
    ]);
  });

  it('unsigned thinking goes back to a service that takes it', () => {
    const [body, said] = turns([user('a'), assistant(reasoning('bare'), 'b'), user('c')], {
      traits: { unsignedThinking: true },
    });
    assert.deepEqual((body['messages'] as { content: unknown[] }[])[1]?.content[0], {
      type: 'thinking',
      thinking: 'bare',
      signature: '',
    });
    assert.deepEqual(said, []);
  });
});

const tools = [{ name: 'run', description: 'Runs', parameters: { type: 'object' } }];
const forced = { type: 'required' } as const;
const loop = [user('Go'), assistant(call('a', '{}')), result('a')];

describe('fields', () => {
  type Fields = Partial<Record<string, unknown>>;
  const cases: readonly (readonly [string, Partial<ChatRequest>, Setting, Fields, readonly string[]])[] = [
    ['no limit: the default', {}, {}, { max_tokens: 8_192 }, []],
    ["no limit: the model's", {}, { most: 64_000 }, { max_tokens: 64_000 }, []],
    ['a limit', { sampling: { maxTokens: 7 } }, {}, { max_tokens: 7 }, []],
    ['a limit beyond the model', { sampling: { maxTokens: 128_000 } }, { most: 64_000 }, { max_tokens: 64_000 }, ['field_adjusted max_tokens']],
    ['a temperature', { sampling: { temperature: 0.5, topP: 0.9 } }, {}, { temperature: 0.5, top_p: 0.9 }, []],
    ['a temperature of OpenAI', { sampling: { temperature: 1.4 } }, {}, { temperature: 1 }, ['field_adjusted temperature']],
    ['temperature and top_p of Claude', { sampling: { temperature: 0.5, topP: 0.9 } }, { model: 'claude-sonnet-4-5' }, { temperature: 0.5, top_p: undefined }, ['field_ignored_by top_p']],
    ['sampling of newer Claudes', { sampling: { temperature: 0.5, topP: 0.9 } }, { model: 'claude-opus-4-7' }, { temperature: undefined, top_p: undefined }, ['field_ignored_by temperature', 'field_ignored_by top_p']],
    ['sampling that only says the default', { sampling: { temperature: 1, topP: 1 } }, { model: 'claude-opus-4-7' }, { temperature: undefined, top_p: undefined }, []],
    ['what no field is for', { sampling: { seed: 1, presencePenalty: 1, frequencyPenalty: 0 }, search: true }, {}, {}, ['field_ignored_by web_search', 'field_ignored_by seed', 'field_ignored_by presence_penalty']],
    ['stop words', { sampling: { stop: ['a', ' \n'] } }, {}, { stop_sequences: ['a'] }, ['field_adjusted stop']],
    ['more stop words than are taken', { sampling: { stop: ['a', 'b'] } }, { traits: { stops: 0 } }, { stop_sequences: undefined }, ['field_ignored_by stop']],
    ['a user', { user: 'u1' }, {}, { metadata: { user_id: 'u1' } }, []],
    ['a user nobody takes', { user: 'u1' }, { traits: { user: false } }, { metadata: undefined }, ['field_ignored_by user']],
    ['a format', { responseFormat: { type: 'json-object' } }, {}, {}, ['format_not_enforced']],

    ['thinking: not said', {}, { model: 'claude-sonnet-4-5' }, { thinking: undefined }, []],
    ['thinking: off', { thinking: { enabled: false } }, {}, { thinking: { type: 'disabled' } }, []],
    ['thinking: an effort of none', { thinking: { effort: 'none' } }, {}, { thinking: { type: 'disabled' } }, []],
    ['thinking: cannot be off', { thinking: { enabled: false } }, { traits: { thinkingOff: false } }, { thinking: undefined }, ['thinking_always_on']],
    ['thinking: on', { thinking: { enabled: true } }, {}, { thinking: { type: 'enabled', budget_tokens: 12_288 }, max_tokens: 20_480 }, []],
    ['thinking: low, within the limit', { thinking: { effort: 'low' }, sampling: { maxTokens: 2_000 } }, {}, { thinking: { type: 'enabled', budget_tokens: 1_600 }, max_tokens: 2_000 }, []],
    ['thinking: no room', { thinking: { effort: 'low' }, sampling: { maxTokens: 1_000 } }, {}, { thinking: { type: 'disabled' }, max_tokens: 1_000 }, ['thinking_off_limit']],
    ['thinking: within the model', { thinking: { effort: 'max' } }, { most: 10_000 }, { thinking: { type: 'enabled', budget_tokens: 8_000 }, max_tokens: 10_000 }, []],
    ['thinking: without sampling', { thinking: { enabled: true }, sampling: { temperature: 0.2, topP: 0.5 } }, {}, { temperature: undefined, top_p: undefined }, ['field_ignored_by temperature', 'field_ignored_by top_p']],
    ['thinking: adaptive', { thinking: { effort: 'max' } }, { model: 'claude-opus-4-7' }, { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'max' }, max_tokens: 8_192 }, []],
    ['thinking: adaptive without an effort', { thinking: { enabled: true } }, { model: 'claude-opus-5-5' }, { thinking: { type: 'adaptive', display: 'summarized' }, output_config: undefined }, []],
    ['thinking: a switch', { thinking: { effort: 'high' } }, { traits: { thinking: 'switch' } }, { thinking: { type: 'enabled' } }, ['effort_ignored']],
    ['thinking: not offered', { thinking: { enabled: true } }, { traits: { thinking: 'none' } }, { thinking: undefined }, ['thinking_not_offered']],
    ['thinking: calls without theirs', { thinking: { enabled: true }, messages: loop, tools }, { model: 'claude-sonnet-4-5' }, { thinking: { type: 'disabled' } }, ['thinking_off_history']],
    ['thinking: calls without theirs elsewhere', { thinking: { effort: 'low' }, messages: loop, tools }, {}, { thinking: { type: 'enabled', budget_tokens: 4_096 } }, []],
    ['thinking: a forced call', { thinking: { enabled: true }, tools, toolChoice: forced }, { model: 'claude-sonnet-4-5' }, { thinking: { type: 'disabled' }, tool_choice: { type: 'any' } }, ['thinking_off_forced_tool']],

    ['tools', { tools: [{ name: 'a', parameters: {} }, ...tools] }, {}, { tools: [{ name: 'a', input_schema: { type: 'object', properties: {} } }, { name: 'run', description: 'Runs', input_schema: { type: 'object' } }], tool_choice: undefined }, []],
    ['tools: none are taken', { tools }, { traits: { tools: false } }, { tools: undefined }, ['field_ignored_by tools']],
    ['tools: one at a time', { tools, parallelToolCalls: false }, {}, { tool_choice: { type: 'auto', disable_parallel_tool_use: true } }, []],
    ['tools: this one', { tools, toolChoice: { type: 'tool', name: 'run' }, parallelToolCalls: false }, {}, { tool_choice: { type: 'tool', name: 'run', disable_parallel_tool_use: true } }, []],
    ['tools: some', { tools, toolChoice: forced }, {}, { tool_choice: { type: 'any' } }, []],
    ['tools: not now', { tools, toolChoice: { type: 'none' } }, {}, { tool_choice: { type: 'none' } }, []],
    ['tools: nothing can be forced', { tools, toolChoice: forced, parallelToolCalls: false }, { traits: { toolChoice: 'auto' } }, { tool_choice: undefined }, ['tool_choice_not_enforced', 'field_ignored_by parallel_tool_calls']],
    ['tools: nothing can be forbidden', { tools, toolChoice: { type: 'none' } }, { traits: { toolChoice: 'auto' } }, { tools: undefined, tool_choice: undefined }, []],
  ]; // prettier-ignore
  for (const [name, request, setting, wanted, notices] of cases)
    it(name, () => {
      const [body, said] = encoded(request, setting);
      for (const [field, value] of Object.entries(wanted)) assert.deepEqual(body[field], value, field);
      assert.deepEqual(said, notices);
      assert.equal(complaint(body, []), undefined);
    });
});

describe('any conversation', () => {
  const words = fc.constantFrom('', ' ', 'a', 'b ', '…\n');
  const part: fc.Arbitrary<Part> = fc.oneof(
    words.map((value): Part => ({ type: 'text', text: value })),
    words.map((value): Part => reasoning(value, value.trim() ? 'simulated-signature-2' : '')),
    fc.constant(image('data:image/png;base64,AA==')),
    fc.tuple(fc.constantFrom('a', 'b.c'), words).map(([id, args]) => call(id, args)),
  );
  const messages = fc.array(
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom<Message['role']>('system', 'developer', 'user', 'assistant'),
          fc.array(part, { maxLength: 3 }),
        )
        .map(([role, content]) => message(role, content)),
      fc.constantFrom(result('a'), result('b.c', ' ')),
    ),
    { maxLength: 8 },
  );

  it('becomes turns that alternate, begin with the user, and hold something', () => {
    fc.assert(
      fc.property(messages, (given) => {
        const turns = encoded({ messages: given })[0]['messages'] as { role: string; content: { type: string }[] }[];
        assert.ok(turns.length > 0);
        for (const [at, { role, content }] of turns.entries()) {
          assert.equal(role, at % 2 === 0 ? 'user' : 'assistant');
          assert.ok(content.length > 0);
          const kinds = content.map(({ type }) => type);
          if (role === 'user')
            assert.ok(kinds.lastIndexOf('tool_result') < kinds.filter((kind) => kind === 'tool_result').length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a request of the same dialect', () => {
  interface Fixture {
    readonly cases: readonly { readonly name: string; readonly anthropic_request: Body }[];
  }
  const file = new URL('../../../../../tests/fixtures/anthropic/request.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
  for (const { name, anthropic_request: original } of cases)
    it(`says the same after it was decoded: ${name}`, () => {
      const again = decodeBody(encoded(decodeBody(original).request)[0]).request;
      const { request } = decodeBody(original);
      // Signatures are kept or dropped by rule, and the limit may grow by the budget.
      assert.deepEqual(again.tools, request.tools);
      assert.deepEqual(again.toolChoice, request.toolChoice);
      assert.equal(again.thinking?.enabled, request.thinking?.enabled);
      assert.deepEqual(
        again.messages.map(({ role }) => role),
        request.messages.map(({ role }) => role),
      );
    });
});

describe('models by name', () => {
  const cases: readonly (readonly [string, Partial<Traits>])[] = [
    ['claude-3-5-sonnet-latest', { thinking: 'none', sampling: 'both' }],
    ['claude-3-7-sonnet-20250219', { thinking: 'budget', sampling: 'both', thinkingBeforeCalls: true }],
    ['claude-sonnet-4-20250514', { thinking: 'budget', sampling: 'both' }],
    ['claude-opus-4-1', { thinking: 'budget', sampling: 'one' }],
    ['claude-haiku-4-5', { thinking: 'budget', sampling: 'one' }],
    ['claude-sonnet-4-6', { thinking: 'adaptive', sampling: 'one' }],
    ['claude-opus-4-7', { thinking: 'adaptive', sampling: 'none' }],
    ['anthropic/claude-4.7-opus', { thinking: 'adaptive', sampling: 'none' }],
    ['claude-opus-4-10', { thinking: 'adaptive', sampling: 'none' }],
    ['claude-fable-5', { thinking: 'adaptive', sampling: 'none' }],
    ['glm-4.7', { thinking: 'budget', sampling: 'both', thinkingBeforeCalls: false }],
  ];
  for (const [name, wanted] of cases)
    it(name, () => {
      const traits = traitsOf(name);
      for (const [key, value] of Object.entries(wanted)) assert.equal(traits[key as keyof Traits], value, key);
    });

  it('what a catalogue states goes before the name, what is known of the service before both', () => {
    assert.equal(traitsOf('claude-opus-4-7', {}, { thinking: 'budget' }).thinking, 'budget');
    assert.equal(
      traitsOf('claude-opus-4-7', () => ({ thinking: 'switch' }), { thinking: 'budget' }).thinking,
      'switch',
    );
  });
});

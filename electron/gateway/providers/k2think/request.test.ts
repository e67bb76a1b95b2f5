import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { Notice } from '../../../../shared/notice.ts';
import { ChatError } from '../../chat/errors.ts';
import type { ChatRequest, Message, Part } from '../../chat/request.ts';
import { requestOf } from '../wire/shared/testing/ask.ts';
import { createProfile } from '../wire/web/profile.ts';
import { headersFor } from './headers.ts';
import { described } from './models.ts';
import { completed } from './options.ts';
import { accountBody, guestBody, guestChat, wishOf } from './request.ts';
import { fixture } from './testing/replay.ts';

const Content = z.union([z.string(), z.array(z.object({ type: z.string(), text: z.string().optional() }))]);
const Call = z.object({ url: z.string(), headers: z.record(z.string(), z.string()), json: z.unknown().optional() });
const Case = z.object({
  name: z.string(),
  request: z.object({
    model: z.string(),
    messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: Content })),
    temperature: z.number().optional(),
    max_tokens: z.number().optional(),
  }),
  preliminary_calls: z.tuple([Call, Call]),
  completion: Call,
});
const { cases } = z.object({ cases: z.array(Case) }).parse(fixture('k2think-request.json'));

const setup = completed({
  uuid: () => '00000000-0000-4000-8000-000000000001',
  clock: () => 1_758_182_400_123,
  locale: () => 'en-US',
  timezone: () => 'Asia/Shanghai',
  profile: {
    ...createProfile('', 'darwin'),
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36',
    hints: { brands: '"Chromium";v="124", "Google Chrome";v="124", "Not-A.Brand";v="99"', mobile: '?0', platform: '"macOS"' },
  },
}); // prettier-ignore
const v1 = { ...described({ upstreamId: 'MBZUAI-IFM/K2-Think', created: 0 }), id: 'MBZUAI-IFM/K2-Think', provider: 'k2think' }; // prettier-ignore

function wish(request: Partial<ChatRequest>) {
  const notices: Notice[] = [];
  const made = wishOf(requestOf(request), v1, setup.uuid, (notice) => notices.push(notice));
  return { ...made, notices };
}

function messagesOf(source: z.infer<typeof Case>['request']['messages'], images: boolean): Message[] {
  return source.map(({ role, content }) => ({
    role,
    content: (typeof content === 'string' ? [{ type: 'text', text: content }] : content).flatMap((part): Part[] => {
      if (part.type === 'text') return [{ type: 'text', text: part.text ?? '' }];
      return images ? [{ type: 'image', url: 'https://example.com/x.png' }] : [];
    }),
  }));
}

/** Ours differ where the recorded client was wrong: the browser's own language, and the chat begins with the last words. */
const adapted = (headers: Readonly<Record<string, string>>) => ({ ...headers, 'Accept-Language': 'en-US,en;q=0.9' });

describe('requests of a guest, as recorded', () => {
  for (const {
    name,
    request,
    preliminary_calls: [page, chat],
    completion,
  } of cases) {
    it(name, () => {
      const { temperature, max_tokens: maxTokens } = request;
      const made = wish({
        messages: messagesOf(request.messages, false),
        sampling: { ...(temperature !== undefined && { temperature }), ...(maxTokens !== undefined && { maxTokens }) },
      });
      assert.deepEqual(made.notices, []);
      assert.deepEqual(headersFor(setup, { page: '/guest' }), adapted(page.headers));
      assert.deepEqual(headersFor(setup, { page: '/guest', cookie: 'guest_id=g-123' }), adapted(chat.headers));
      const cookie = 'guest_id=g-123; chat_sig=s-456; guest_conversation_count=1';
      assert.deepEqual(headersFor(setup, { page: '/guest', cookie }), adapted(completion.headers));
      assert.deepEqual(guestBody(made, 'conv-0001'), completion.json);
      const recorded = JSON.stringify(chat.json).replaceAll(String.raw`"content":"A\n\nB\n\nQ1"`, '"content":"Q2"');
      assert.equal(JSON.stringify(guestChat(made, setup)), recorded);
    });
  }

  it('images, which the recorded client dropped silently, are refused', () => {
    const withImage = cases.find(({ name }) => name === 'multimodal-text-only');
    assert.throws(
      () => wish({ messages: messagesOf(withImage?.request.messages ?? [], true) }),
      (error) => error instanceof ChatError && error.code === 'images_not_supported',
    );
  });
});

describe('a conversation', () => {
  const say = (role: Message['role'], text: string): Message => ({ role, content: [{ type: 'text', text }] });

  it('has system text in its first user message, wherever it stood', () => {
    const { messages } = wish({ messages: [say('system', 'A'), say('assistant', 'Hi'), say('user', 'Q'), say('developer', 'B')] }); // prettier-ignore
    assert.deepEqual(messages, [
      { role: 'assistant', content: 'Hi' },
      { role: 'user', content: 'A\n\nB\n\nQ' },
    ]);
  });

  it('without a user is refused', () => {
    assert.throws(
      () => wish({ messages: [say('assistant', 'Hi')] }),
      (error) => error instanceof ChatError && error.code === 'invalid_parameter',
    );
  });

  it('keeps calls and results as text, even where tools were not injected', () => {
    const { messages, notices } = wish({
      messages: [
        say('user', 'Weather?'),
        { role: 'assistant', content: [{ type: 'tool-call', id: 'c1', name: 'look', arguments: '{"at":"Paris"}' }] },
        { role: 'tool', content: [{ type: 'tool-result', id: 'c1', content: [{ type: 'text', text: 'rain' }], isError: false }] },
      ],
      tools: [{ name: 'look', parameters: {} }],
    }); // prettier-ignore
    assert.match(JSON.stringify(messages), /look.*Paris.*rain/);
    assert.ok(messages.every(({ role }) => role === 'user' || role === 'assistant'));
    assert.deepEqual(notices, [{ code: 'field_ignored_by', field: 'tools', provider: 'k2think' }]);
  });

  it('names all that the site has no field for', () => {
    const { notices, params } = wish({
      sampling: { temperature: 0.5, topP: 0.5, stop: ['x'], seed: 7, presencePenalty: 1, frequencyPenalty: 1, maxTokens: 9 },
      thinking: { enabled: false },
      search: true,
      user: 'somebody',
      responseFormat: { type: 'json-object' },
    }); // prettier-ignore
    assert.deepEqual(params, { temperature: 0.5, max_tokens: 9 });
    assert.deepEqual(
      notices.map((notice) => ('field' in notice ? notice.field : notice.code)).toSorted(),
      ['format_not_enforced', 'frequency_penalty', 'presence_penalty', 'seed', 'stop', 'thinking_always_on', 'top_p', 'user', 'web_search'],
    ); // prettier-ignore
    assert.deepEqual(
      wish({ thinking: { effort: 'high' } }).notices.map(({ code }) => code),
      ['effort_ignored'],
    );
    assert.deepEqual(wish({ thinking: { enabled: true } }).notices, []);
  });
});

it('the body of an account tells the model of the real time and the chat of nobody else', () => {
  assert.deepEqual(accountBody(wish({}), setup, 'chat-1'), {
    stream: true,
    model: 'MBZUAI-IFM/K2-Think',
    messages: [{ role: 'user', content: 'Hello' }],
    params: {},
    tool_servers: [],
    features: { image_generation: false, code_interpreter: false, web_search: false },
    variables: {
      '{{USER_NAME}}': 'User',
      '{{USER_LOCATION}}': 'Unknown',
      '{{CURRENT_DATETIME}}': '2025-09-18 16:00:00',
      '{{CURRENT_DATE}}': '2025-09-18',
      '{{CURRENT_TIME}}': '16:00:00',
      '{{CURRENT_WEEKDAY}}': 'Thursday',
      '{{CURRENT_TIMEZONE}}': 'Asia/Shanghai',
      '{{USER_LANGUAGE}}': 'en-US',
    },
    model_item: {
      id: 'MBZUAI-IFM/K2-Think',
      object: 'model',
      owned_by: 'MBZUAI',
      root: 'mbzuai-k2-think-2508',
      parent: null,
      status: 'active',
      connection_type: 'external',
      name: 'K2-Think',
    },
    background_tasks: { title_generation: true, tags_generation: true },
    chat_id: 'chat-1',
    id: setup.uuid(),
    session_id: setup.uuid(),
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { Message } from '../../chat/request.ts';
import { requestOf } from '../wire/shared/testing/ask.ts';
import { createProfile } from '../wire/web/profile.ts';
import { models } from './models.ts';
import { completed } from './options.ts';
import { completion, deletedSession, isCookieValue, newSession } from './request.ts';
import { wishOf } from './wish.ts';

/** Every request of the fixture, whole. Where Traygate differs on purpose, `deviations` says how and why. */

const call = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  json: z.record(z.string(), z.unknown()).optional(),
});
const said = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.union([z.string(), z.array(z.object({ type: z.literal('text'), text: z.string() }))]),
});
const file: unknown = JSON.parse(
  readFileSync(new URL('../../../../tests/fixtures/longcat/longcat-request.json', import.meta.url), 'utf8'),
);
const fixture = z
  .object({
    session_delete: z.array(call),
    cases: z.array(
      z.object({
        name: z.string(),
        request: z.object({ model: z.string(), messages: z.array(said), temperature: z.number().optional() }),
        preliminary_calls: z.array(call),
        completion: call,
      }),
    ),
  })
  .parse(file);

/** The original joins `role:text` with `;`, which nobody can take apart again. */
const deviations: Readonly<Record<string, string>> = {
  flash: '你好',
  'multimodal-text-only': 'a\nb',
  'search-multi-turn': [
    'This is a conversation, each message of it in a <turn>. Answer the last one as the assistant, without writing a <turn> yourself.',
    '<turn role="system">\nS\n</turn>',
    '<turn role="user">\nQ1\n</turn>',
    '<turn role="assistant">\nA1\n</turn>',
    '<turn role="user">\nQ2; with ; and :\n</turn>',
  ].join('\n\n'),
};

const token = 'PASSPORT-FAKE';
const id = 'lc-conv-0001';
const setup = completed({ userAgent: createProfile('', 'win32').userAgent });
const messageOf = ({ role, content }: z.infer<typeof said>): Message => ({
  role,
  content: typeof content === 'string' ? [{ type: 'text', text: content }] : content,
});
const wholeOf = ({ body, ...rest }: ReturnType<typeof newSession>) => ({
  ...rest,
  ...(body !== undefined && { json: JSON.parse(String(body)) as unknown }),
});

describe('requests of the fixture', () => {
  for (const { name, request, preliminary_calls: before, completion: wanted } of fixture.cases) {
    it(name, () => {
      const model = models.find((one) => one.id === request.model) ?? assert.fail('not in the table');
      const { temperature } = request;
      const sampling = temperature === undefined ? {} : { temperature };
      const wish = wishOf(requestOf({ messages: request.messages.map(messageOf), sampling }), model, () => {});
      assert.deepEqual([wholeOf(newSession(setup, token, 'v1'))], before);
      const content = deviations[name] ?? assert.fail('every case deviates in its text');
      assert.deepEqual(wholeOf(completion(setup, token, 'v1', id, wish)), {
        ...wanted,
        json: { ...wanted.json, content },
      });
    });
  }

  it('the deletion', () => {
    assert.deepEqual([deletedSession({ ...setup, userAgent: 'UA' }, token, id)], fixture.session_delete);
  });
});

describe('the newer generation', () => {
  it('names its agent when a session is made', () => {
    assert.deepEqual(wholeOf(newSession(setup, token, 'v2')).json, { model: '', agentId: '1' });
  });

  it('says all that the page says', () => {
    const request = completion(setup, token, 'v2', id, { content: 'Hi', thinking: true, search: true });
    assert.equal(request.url, 'https://longcat.chat/api/v1/chat-completion-V2');
    assert.deepEqual(wholeOf(request).json, {
      content: 'Hi',
      conversationId: id,
      agentId: '1',
      reasonEnabled: 1,
      searchEnabled: 1,
      regenerate: 0,
      parentMessageId: 0,
      files: [],
    });
  });
});

it('a token that cannot stand in a cookie is known before anything is sent', () => {
  for (const good of ['AgEabc-_.~+/=', 'a'.repeat(300)]) assert.ok(isCookieValue(good), good);
  for (const bad of ['', 'a b', 'a;b', 'a,b', 'a"b', 'a\\b', 'a\nb', '令牌']) assert.ok(!isCookieValue(bad), bad);
});

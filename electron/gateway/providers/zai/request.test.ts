import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { ChatError } from '../../chat/errors.ts';
import type { NetworkRequest } from '../../network/network.ts';
import { Chats } from './chats.ts';
import { Files } from './files.ts';
import { modelTable } from './model-table.ts';
import type { Caller } from './options.ts';
import { createProfile, type Profile } from '../wire/web/profile.ts';
import { prepare, signed } from './request.ts';
import { contextWith, setupWith } from './testing/context.ts';
import { fixture } from './testing/fixtures.ts';
import { requestFrom, type OpenAiRequest } from './testing/openai-request.ts';
import { wishOf } from './wish.ts';

/**
 * Every request of the fixture, whole: URL, query in order, headers, body in order. Where Traygate differs on purpose,
 * `deviate` turns the original's request into ours, with the reason.
 */

const call = z.object({ url: z.string(), headers: z.record(z.string(), z.string()), json: z.unknown().optional() });
const shape = z.object({
  name: z.string(),
  auth_mode: z.enum(['user', 'guest']),
  request: z.custom<OpenAiRequest>(),
  preliminary_calls: z.array(call),
  completion: z.object({
    endpoint: z.string(),
    query: z.array(z.tuple([z.string(), z.string()])),
    headers: z.record(z.string(), z.string()),
    json: z.record(z.string(), z.unknown()),
  }),
});
type Expected = z.infer<typeof shape>;

const callers: Record<Expected['auth_mode'], Omit<Caller, 'signal'>> = {
  user: { token: 'eyJ.FAKE.USER', userId: '9f3c1c1e-0d7b-4c6e-9a51-2f6f0f6c7a10', guest: false },
  guest: { token: 'eyJ.FAKE.GUEST', userId: '316bcb48-0000-4000-8000-000000000001', guest: true },
};

/** The browser of the original. Its ten touch points on a screen without touch are not ours. */
const profile: Profile = {
  ...createProfile('', 'win32'),
  viewport: { width: 944, height: 919 },
  pixelRatio: 1.25,
  touchPoints: 10,
  title: 'Z.ai Chat Proxy',
};

const deviations: readonly { readonly reason: string; readonly apply: (expected: Expected) => void }[] = [
  {
    reason: 'the clock time belongs to the zone that is named beside it',
    apply: ({ completion }) => {
      const at = '09:01:01';
      const variables = { '{{CURRENT_DATETIME}}': `2026-03-16 ${at}`, '{{CURRENT_TIME}}': at };
      completion.json['variables'] = {
        ...z.record(z.string(), z.string()).parse(completion.json['variables']),
        ...variables,
      };
    },
  },
  {
    reason: 'the upload comes from the same browser as everything else',
    apply: ({ preliminary_calls: calls }) => {
      for (const { headers } of calls.filter((item) => item.url.endsWith('/files/'))) {
        Object.assign(headers, {
          'Accept-Language': 'zh-CN,zh;q=0.9,en;q=0.8',
          'User-Agent': profile.userAgent,
          'Sec-Ch-Ua': profile.hints.brands,
        });
      }
    },
  },
  {
    reason: 'tool_choice "auto" is what happens without it; a chat request cannot tell the two apart',
    apply: ({ completion }) => {
      if (completion.json['tool_choice'] === 'auto') delete completion.json['tool_choice'];
    },
  },
];

/** Cases that end otherwise. */
const refused: Readonly<Record<string, string>> = {
  'glm-4.6v-image-guest': 'images_not_supported', // the original leaks the data: URL and lets the model guess
};
/** The router answers 404 for an unknown name, so no provider ever sees it. */
const unreachable = new Set(['unknown-model']);

async function ours({ auth_mode: mode, request }: Expected) {
  const sent: NetworkRequest[] = [];
  const context = contextWith(async (asked) => {
    sent.push(asked);
    const upload = {
      id: 'f1000000-0000-4000-8000-00000000f11e',
      filename: 'f1000000-0000-4000-8000-00000000f11e_upload',
    };
    const reply = asked.url.endsWith('/files/') ? upload : { id: 'c0000000-0000-4000-8000-00000000c0de' };
    return { status: 200, body: JSON.stringify(reply) };
  });
  let count = 0;
  const setup = setupWith({
    clock: () => 1_773_622_861_472,
    uuid: () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`,
    locale: () => 'zh-CN',
    timezone: () => 'Asia/Shanghai',
    serviceName: 'api-proxy-server',
    profile,
  });
  const caller: Caller = { ...callers[mode], signal: new AbortController().signal };
  const model = modelTable.find(({ name }) => name === request.model) ?? assert.fail('not in the table');
  const wish = wishOf(requestFrom(request), model, model.name, caller.guest, () => {});
  const parts = { setup, chats: new Chats(context, setup), files: new Files(context.network, setup) };
  const plan = await prepare(parts, caller, wish, model.storedChat, setup.clock());
  return { sent, completion: signed(setup, plan, caller, setup.clock(), 'prod-fe-1.1.95') };
}

function bodyOf({ body }: NetworkRequest): string {
  return typeof body === 'string' ? body : Buffer.from(body ?? '').toString('latin1');
}

describe('requests of the fixture', () => {
  for (const expected of fixture('zai-request', shape)) {
    const { name } = expected;
    if (unreachable.has(name)) continue;
    const code = refused[name];
    it(code ? `${name}: ${code}` : name, async () => {
      if (code) return assert.rejects(ours(expected), (error) => error instanceof ChatError && error.code === code);
      const { sent, completion } = await ours(expected);
      for (const { apply } of deviations) apply(expected);
      const url = new URL(completion.url);
      assert.equal(url.origin + url.pathname, expected.completion.endpoint);
      assert.deepEqual([...url.searchParams], expected.completion.query);
      assert.deepEqual(completion.headers, expected.completion.headers);
      assert.equal(completion.body, JSON.stringify(expected.completion.json));
      assert.deepEqual(
        sent.map((item) => item.url),
        expected.preliminary_calls.map((item) => item.url),
      );
      for (const [index, item] of sent.entries()) {
        const wanted = expected.preliminary_calls[index];
        const { 'Content-Type': type = '', ...headers } = item.headers ?? {};
        if (wanted?.json) assert.equal(bodyOf(item), JSON.stringify(wanted.json));
        else
          assert.match(
            bodyOf(item),
            /name="file"; filename="00000000-0000-4000-8000-000000000004"\r\nContent-Type: image\/png\r\n\r\n.{16}\r\n--/s,
          );
        const { 'Content-Type': _, ...wantedHeaders } = wanted?.headers ?? {};
        assert.deepEqual(headers, wantedHeaders);
        assert.match(type, wanted?.json ? /^application\/json$/ : /^multipart\/form-data; boundary=/);
      }
    });
  }

  it('every deviation has a reason', () => assert.ok(deviations.every(({ reason }) => reason.length > 20)));
});

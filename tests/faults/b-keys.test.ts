/** Group B: what a client key may do holds on every route, whichever header it comes in. */
import assert from 'node:assert/strict';
import { z } from 'zod';
import { dialects } from '../api/dialects.ts';
import { type Case, fault } from './fault.ts';

const none = { requestsPerMinute: null, tokensPerDay: null, models: null };

async function keyWith(t: Case, limits: object): Promise<string> {
  const made = await t.product.call('keys.create', { name: `Key ${Math.random()}`, limits: { ...none, ...limits } });
  return z.object({ value: z.string() }).parse(made).value;
}

/** The two headers a key may come in; the other one is not sent. */
const headersOf = (key: string) => [{ authorization: `Bearer ${key}` }, { authorization: undefined, 'x-api-key': key }];

fault(
  'F046',
  'P1',
  'thirty calls of a key that may make ten a minute: ten are answered, twenty are told to wait',
  async (t) => {
    t.allow({ rowless: 'what a key may not ask is refused before it is a request' });
    const service = await t.service(['ok']);
    const key = await keyWith(t, { requestsPerMinute: 10 });
    const [first = {}, second = {}] = headersOf(key);
    const replies = await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        t.ask(service, { headers: at % 2 ? first : second, dialect: dialects[at % 3]?.name ?? 'openai-chat' }),
      ),
    );
    const refused = replies.filter(({ status }) => status === 429);
    assert.equal(replies.filter(({ status }) => status === 200).length, 10);
    assert.equal(refused.length, 20);
    for (const { headers, error } of refused) {
      assert.ok(Number(headers['retry-after']) >= 1 && Number(headers['retry-after']) <= 60);
      assert.match(error ?? '', /^rate_limit_e/);
    }
    assert.equal(t.faultd.seen.length, 10);
    assert.equal((await t.ask(service)).status, 200, 'other keys are not concerned');
  },
);

fault('F052', 'P0', 'a key for some models is restricted alike in either header and in every dialect', async (t) => {
  const service = await t.service(['ok']);
  const other = await t.service(['ok']);
  const key = await keyWith(t, { models: [service.model] });
  for (const { name } of dialects) {
    for (const headers of headersOf(key)) {
      assert.equal((await t.ask(service, { dialect: name, headers })).status, 200);
      const refused = await t.ask(other, { dialect: name, headers });
      assert.ok(refused.status === 403 || refused.status === 404, `${name}: ${refused.status} ${refused.text}`);
    }
  }
  assert.ok(
    t.faultd.seen.every(({ headers }) => !JSON.stringify(headers).includes(key)),
    'client keys stay here',
  );
});

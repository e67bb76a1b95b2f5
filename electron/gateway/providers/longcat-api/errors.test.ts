import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  chat,
  messages,
  startLongCatApiSimulator,
  type LongCatApiSimulator,
} from '../../../../tests/simulators/longcat/api.ts';
import type { Blame } from '../../../../shared/blame.ts';
import type { ErrorCode } from '../../chat/errors.ts';
import type { Original, Provider, ProviderContext } from '../provider.ts';
import { ask, realContext } from '../wire/shared/testing/ask.ts';
import { createLongCatApi } from './provider.ts';

const secret = 'ak_good_longcat_key';
let site: LongCatApiSimulator;
let context: ProviderContext;
let provider: Provider;

before(async () => {
  site = await startLongCatApiSimulator();
  ({ context } = realContext());
  provider = createLongCatApi(context, { baseUrl: site.url });
});
after(async () => {
  await site.close();
  await context.network.close();
});

const page = '<html><head><title>x</title></head></html>';
const body = (type: string, code: string, message = 'in words') => ({ error: { message, type, code } });

/** The vendor's table (README: Errors), and what stands before the API. */
const table: readonly (readonly [http: number, said: unknown, ErrorCode, Blame, failover: boolean])[] = [
  [401, body('authentication_error', 'invalid_api_key'), 'upstream_auth_failed', 'credential', true],
  [402, body('permission_error', 'insufficient_quota'), 'quota_exceeded', 'quota', true],
  [402, '', 'quota_exceeded', 'quota', true],
  [403, body('permission_error', 'insufficient_quota'), 'quota_exceeded', 'quota', true],
  [403, '', 'quota_exceeded', 'quota', true],
  [400, body('invalid_request_error', 'invalid_parameter'), 'request_rejected', 'request', false],
  [400, body('invalid_request_error', 'invalid_json'), 'request_rejected', 'request', false],
  [429, body('rate_limit_error', 'rate_limit_exceeded'), 'upstream_rate_limited', 'rate', true],
  [500, body('server_error', 'internal_error'), 'upstream_error', 'provider', true],
  [502, page, 'upstream_error', 'provider', true],
  [503, body('server_error', 'internal_error'), 'upstream_error', 'provider', true],
  [403, page, 'upstream_blocked', 'captcha', false],
  [404, page, 'no_such_api', 'provider', false],
]; // prettier-ignore

const original: Original = {
  dialect: 'anthropic-messages',
  headers: {},
  body: { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] },
};
const model = () => provider.models().find(({ id }) => id === 'LongCat-2.0') ?? assert.fail();

describe('refusals', () => {
  for (const form of ['OpenAI', 'Anthropic'] as const) {
    const asked = form === 'Anthropic' ? { original } : {};
    for (const [http, said, code, blame, failover] of table) {
      const words = typeof said === 'string' ? (said && 'a page') || 'nothing' : JSON.stringify(said);
      it(`in ${form} form: ${http} with ${words} is ${code}`, async () => {
        site.answerChat(chat.status(http, said));
        site.answerMessages(messages.status(http, said));
        const { error } = await ask(provider, { secret, model: model(), ...asked });
        assert.deepEqual([error?.code, error?.blame, error?.failover], [code, blame, failover]);
        assert.ok(!error?.message.includes('<'), error?.message);
      });
    }

    it(`in ${form} form: a key that is not known, which is not repeated`, async () => {
      const { error } = await ask(provider, { secret: 'ak_unknown_key', model: model(), ...asked });
      assert.deepEqual([error?.code, error?.message.includes('ak_unknown')], ['upstream_auth_failed', false]);
    });

    it(`in ${form} form: a limit is kept to for as long as it says`, async () => {
      const wait = { 'retry-after': '7' };
      site.answerChat(chat.status(429, body('rate_limit_error', 'rate_limit_exceeded'), wait));
      site.answerMessages(messages.status(429, body('rate_limit_error', 'rate_limit_exceeded'), wait));
      assert.equal((await ask(provider, { secret, model: model(), ...asked })).error?.retryAfterMs, 7_000);
    });
  }
});

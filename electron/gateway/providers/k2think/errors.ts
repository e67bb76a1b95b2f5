import type { ChatError } from '../../chat/errors.ts';
import type { NetworkResponse } from '../../network/network.ts';
import { refusalError } from '../wire/openai-chat/errors.ts';
import { all, code, page, says, status, type Rule } from '../wire/shared/classify.ts';
import { readRefusal, type Refusal } from '../wire/shared/refusal.ts';

const name = 'K2 Think';

/** What this site means by a refusal; all else is as with services in OpenAI's form (README: Errors). */
const rules: readonly Rule[] = [
  { when: code('captcha_required'), code: 'captcha_required', message: '{name} asks for a captcha.' },
  { when: says(/captcha|turnstile|are you (?:a )?human/i), code: 'captcha_required', message: '{name} asks for a captcha.' },
  { when: all(status(401, 419), ({ html }) => !html), code: 'upstream_auth_failed', message: '{name} no longer accepts this session: {text}' },
  { when: all(status(403), ({ html, text }) => !html && /model/i.test(text)), code: 'model_not_allowed', message: '{name} does not allow this model: {text}' },
  { when: all(status(403), ({ html }) => !html), code: 'upstream_auth_failed', message: '{name} no longer accepts this session: {text}' },
  { when: all(status(429), ({ html }) => !html), code: 'upstream_rate_limited', message: '{name} limits how often it may be asked: {text}' },
  // A site that has moved, not a base URL that is wrong.
  { when: page(404, 405), code: 'upstream_protocol', message: '{name} has no such page any more (HTTP {status}).' },
  { when: ({ status: is }) => is >= 300 && is < 400, code: 'upstream_protocol', message: '{name} redirected the request; redirects are not followed.' },
]; // prettier-ignore

type Secrets = readonly string[];

/** What a refusal means. */
export const classify = (refusal: Refusal): ChatError => refusalError(refusal, name, rules);

/** What an error inside an answer means. */
export const failureOfFrame = (body: unknown, secret: Secrets | undefined): ChatError =>
  classify({ status: 200, body, now: Date.now(), secret });

/** A reply that is no answer. */
export interface Failure {
  readonly error: ChatError;
  /** A web page came, or the way to one. */
  readonly page: boolean;
}

/** Reads a reply that is no answer, at most 64 KiB, and gives up its connection. */
export async function failureOf(response: NetworkResponse, now: number, secret: Secrets): Promise<Failure> {
  const { status: is, headers } = response;
  const body = await response.text(64 << 10).catch(() => '');
  const refusal = { status: is, headers, body, now, secret };
  return { error: classify(refusal), page: readRefusal(refusal).html || (is >= 300 && is < 400) };
}

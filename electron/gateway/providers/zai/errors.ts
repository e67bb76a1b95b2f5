import type { ChatError } from '../../chat/errors.ts';
import { code, judge, page, says, status, type Rule as SharedRule } from '../wire/shared/classify.ts';
import type { Refusal } from '../wire/shared/refusal.ts';

/** What the provider itself may do, once, before it reports a failure. */
export type Repair = 'version' | 'signature' | 'chat';

export interface Failure {
  readonly error: ChatError;
  readonly repair: Repair | undefined;
}

interface Rule extends SharedRule {
  readonly repair?: Repair;
}

const outdated = 'Z.AI wants a newer version of its web client.';
const limited = 'Z.AI limits how often this token may ask: {text}';
const unknownModel = 'Z.AI does not know this model: {text}';
const notAllowed = 'Z.AI does not allow this for the account: {text}';

/**
 * The first rule that fits decides: README: Errors. The four-digit codes are those of the vendor's own API,
 * which the models behind the web site answer with as well.
 */
const rules: readonly Rule[] = [
  { when: code('FRONTEND_CAPTCHA_REQUIRED'), code: 'captcha_required', message: 'Z.AI asks for a captcha.' },
  { when: says(/captcha/i), code: 'captcha_required', message: 'Z.AI asks for a captcha.' },
  { when: page(405), code: 'upstream_blocked', message: 'The firewall of Z.AI refused the request.', repair: 'version' },
  { when: page(500, 502, 504), code: 'upstream_error', message: 'Z.AI is not available (HTTP {status}).' },
  { when: ({ html }) => html, code: 'upstream_blocked', message: 'Z.AI sent a web page instead of an answer (HTTP {status}).' },
  { when: status(426), code: 'client_version_outdated', message: outdated, repair: 'version' },
  { when: says(/client version|new version detected/i), code: 'client_version_outdated', message: outdated, repair: 'version' },
  {
    when: says(/signature|签名/i),
    code: 'client_version_outdated',
    message: 'Z.AI did not accept the signature of the request.',
    repair: 'signature',
    hint: 'Check the clock of this computer; if it is right, look for an update of Traygate.',
  },
  { when: status(405), code: 'upstream_blocked', message: 'Z.AI refused the request (HTTP 405).', repair: 'version' },
  { when: status(401), code: 'upstream_auth_failed', message: 'Z.AI no longer accepts this token.' },
  { when: code(1304, 1308, 1310, 1313), code: 'quota_exceeded', message: 'The quota of this token is used up: {text}' },
  { when: code(1302, 1303, 1305), code: 'upstream_rate_limited', message: limited },
  { when: code(1311), code: 'model_not_in_plan', message: notAllowed },
  { when: code(1220, 1221, 1222), code: 'model_not_allowed', message: notAllowed },
  { when: code(1300, 1301), code: 'request_rejected', message: 'Z.AI refuses the content of the request: {text}', hint: 'Change the wording, or choose another model.' },
  { when: code(1200, 1210, 1212, 1213, 1214, 1215), code: 'request_rejected', message: 'Z.AI rejected the request: {text}' },
  { when: code(500, 1120, 1230, 1231, 1234, 1312), code: 'upstream_error', message: 'Z.AI failed: {text}' },
  { when: status(429), code: 'upstream_rate_limited', message: limited },
  { when: says(/concurrency|too many requests|并发/i), code: 'upstream_rate_limited', message: limited },
  { when: code(1261), code: 'context_length_exceeded', message: 'The conversation is too long for the model: {text}' },
  { when: code(1211), code: 'model_not_found', message: unknownModel },
  { when: ({ status: is, text }) => is === 404 && /model/i.test(text), code: 'model_not_found', message: unknownModel },
  { when: status(403), code: 'model_not_allowed', message: notAllowed },
  { when: says(/(user|account) level|用户等级/i), code: 'model_not_allowed', message: notAllowed },
  { when: status(404), code: 'upstream_protocol', message: 'Z.AI did not find what was asked for: {text}', repair: 'chat' },
  { when: status(413), code: 'request_too_large', message: 'The request is too large for Z.AI.' },
  { when: ({ status: is }) => is >= 400 && is < 500 && is !== 408, code: 'request_rejected', message: 'Z.AI rejected the request: {text}' },
  { when: ({ status: is }) => is >= 300 && is < 400, code: 'upstream_protocol', message: 'Z.AI redirected the request; redirects are not followed.' },
  { when: () => true, code: 'upstream_error', message: 'Z.AI failed: {text}' },
]; // prettier-ignore

/** Says what went wrong, whose fault it is, and what may help once. */
export function classify(refusal: Refusal): Failure {
  const { error, rule } = judge(rules, refusal, 'Z.AI');
  return { error, repair: rule?.repair };
}

/** The failure of a reply that is no answer: its body is read, at most 64 KiB, and the connection given up. */
export async function failureOf(
  response: { status: number; headers: Readonly<Record<string, string>>; text(limit?: number): Promise<string> },
  now: number,
  secret?: string,
): Promise<Failure> {
  const body = await response.text(64 * 1024).catch(() => '');
  return classify({ status: response.status, headers: response.headers, body, now, secret });
}

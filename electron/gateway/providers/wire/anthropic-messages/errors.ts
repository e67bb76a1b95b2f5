import type { ChatError } from '../../../chat/errors.ts';
import { all, code, judge, page, says, status, type Rule } from '../shared/classify.ts';
import { readRefusal, type Refusal } from '../shared/refusal.ts';

export interface FailureContext {
  /** The service, as the user knows it. */
  readonly name: string;
  /** What this service's own codes and words mean; asked before what the API's mean. */
  readonly rules?: readonly Rule[] | undefined;
}

/** The status an error would have had, had it come before the stream. */
const statuses: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

const address = 'Check the base URL of this provider.';
/** Anthropic says these with status 400, other services with 402, 403 or 429. */
const broke =
  /credit balance|insufficient[ _](?:quota|balance|funds|credits?)|out of credits|(?:usage|spend(?:ing)?|quota) limits?|quota (?:is )?(?:exceeded|exhausted)|exceeded your (?:current )?quota|arrears|(?:daily|weekly|monthly) (?:rate )?limit/i;

/** The first rule that fits decides. What is wrong with a request is said in the service's own words: clients look for them. */
const rules: readonly Rule[] = [
  { when: code('loop_detected'), code: 'loop_detected', message: 'The base URL of {name} leads back to Traygate.' },
  { when: page(404, 405), code: 'no_such_api', message: 'There is no such API at the address of {name} (HTTP {status}).', hint: address },
  { when: page(500, 502, 504), code: 'upstream_error', message: '{name} is not available (HTTP {status}).' },
  { when: page(), code: 'upstream_blocked', message: '{name} sent a web page instead of an answer (HTTP {status}).' },
  { when: ({ status: is }) => is >= 300 && is < 400, code: 'no_such_api', message: '{name} redirected the request; redirects are not followed.', hint: address },
  { when: status(402), code: 'quota_exceeded', message: 'The account at {name} has no credit left: {text}' },
  { when: code('billing_error', 'insufficient_quota', 'insufficient_balance'), code: 'quota_exceeded', message: 'The account at {name} has no credit left: {text}' },
  { when: ({ status: is, text }) => is >= 400 && is < 500 && broke.test(text), code: 'quota_exceeded', message: 'The quota at {name} is used up: {text}' },
  { when: code('forbidden'), code: 'region_not_served', message: '{name} does not serve this network or region: {text}' },
  { when: status(401), code: 'upstream_auth_failed', message: '{name} does not accept the key.' },
  { when: all(status(403), says(/\bmodel\b/i)), code: 'model_not_allowed', message: '{name} does not allow this model for the key: {text}' },
  { when: status(403), code: 'upstream_auth_failed', message: '{name} does not allow this with the key: {text}' },
  { when: status(429), code: 'upstream_rate_limited', message: '{name} limits how often this key may ask: {text}' },
  { when: all(status(404), says(/\bmodel\b/i)), code: 'model_not_found', message: '{name} does not know this model: {text}' },
  { when: status(404, 405), code: 'no_such_api', message: '{name} has nothing at this address: {text}', hint: address },
  { when: status(413), code: 'request_too_large', message: 'The request is too large for {name}.', hint: 'Send less at once.' },
  { when: status(408, 504), code: 'upstream_timeout', message: '{name} needed too long: {text}' },
  { when: status(529), code: 'upstream_error', message: '{name} is overloaded: {text}' },
  { when: all(status(400), says(/prompt is too long|context (?:window|length)|input length and/i)), code: 'context_length_exceeded', message: '{text}', hint: '' },
  { when: ({ status: is, text }) => is >= 400 && is < 500 && text !== '', code: 'request_rejected', message: '{text}', hint: '' },
  { when: ({ status: is }) => is >= 400 && is < 500, code: 'request_rejected', message: '{name} rejected the request (HTTP {status}).' },
  { when: () => true, code: 'upstream_error', message: '{name} failed: {text}' },
]; // prettier-ignore

/** What a refusal means and whose fault it is: an HTTP reply, or an error inside an answer (status 200). */
export function failureOf(refusal: Refusal, { name, rules: own = [] }: FailureContext): ChatError {
  const { type = '', status: said } = readRefusal(refusal);
  const meant = said < 400 && Object.hasOwn(statuses, type) ? statuses[type] : undefined;
  return judge([...own, ...rules], meant === undefined ? refusal : { ...refusal, status: meant }, name).error;
}

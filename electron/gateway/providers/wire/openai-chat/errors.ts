import type { ChatError } from '../../../chat/errors.ts';
import { all, code, judge, page, says, status, type Rule } from '../shared/classify.ts';
import type { Facts, Refusal } from '../shared/refusal.ts';

const any =
  (...conditions: readonly Rule['when'][]): Rule['when'] =>
  (facts) =>
    conditions.some((holds) => holds(facts));
/** Words count only where they can mean it: with these statuses, or with 200 inside a stream. */
const text = (pattern: RegExp, ...statuses: readonly number[]): Rule['when'] =>
  all(status(200, ...statuses), says(pattern));
const between =
  (least: number, most: number) =>
  ({ status: is }: Facts): boolean =>
    is >= least && is <= most;

const checkBase = 'Check the base URL of this provider in Traygate › Providers.';
const rejected = '{name} rejected the request: {text}';

/**
 * What refusals of services in OpenAI's form mean; the first line that fits decides. Services differ in statuses more than in
 * words, so codes come before them: README of openai-compatible: Errors.
 */
const rules: readonly Rule[] = [
  { when: code('loop_detected'), code: 'loop_detected', message: '{name} leads back to Traygate.', hint: checkBase },
  { when: between(300, 399), code: 'no_such_api', message: '{name} redirected the request (HTTP {status}); redirects are not followed.', hint: checkBase },
  { when: page(404, 405), code: 'no_such_api', message: '{name} has no such API at this address (HTTP {status}).', hint: checkBase },
  { when: page(413), code: 'request_too_large', message: 'The request is too large for {name}.' },
  { when: page(429), code: 'upstream_rate_limited', message: '{name} limits how often it may be asked.' },
  { when: all(page(), between(500, 599), ({ status: is }) => is !== 503), code: 'upstream_error', message: '{name} is not available (HTTP {status}).' },
  { when: page(), code: 'upstream_blocked', message: '{name} sent a web page instead of an answer (HTTP {status}).' },
  { when: says(/captcha|just a moment|attention required/i), code: 'upstream_blocked', message: '{name} asks for a check by a browser.' },
  {
    when: any(
      code('content_filter', 'content_policy_violation', 'data_inspection_failed', 'DataInspectionFailed', 'SensitiveContentDetected'),
      text(/content (management )?(policy|filter)|safety system|flagged|moderation|inappropriate content|high risk/i, 400, 403, 422, 451),
      status(451),
    ),
    code: 'request_rejected', message: '{name} refuses the content of the request: {text}', hint: 'Change the wording, or choose another model.',
  },
  {
    when: any(
      code('context_length_exceeded', 'exceed_context_size_error', 'string_above_max_length'),
      text(/context[ _-](length|window|size)|maximum context|prompt (is )?too long|too many tokens|reduce the length|input (is )?too long/i, 400, 413, 422),
    ),
    code: 'context_length_exceeded', message: 'The conversation is too long for the model: {text}',
  },
  { when: status(413), code: 'request_too_large', message: 'The request is too large for {name}: {text}' },
  {
    when: any(
      code('model_not_found', 'DeploymentNotFound', 'model_decommissioned', 'ModelNotOpen', 'invalid_model', 'model_not_exist', 'NotFoundModel'),
      text(/\bmodels?\b[^.]{0,100}?(not exist|not found|unknown|decommissioned|no longer (available|supported))|(unknown|invalid|no such) model/i, 400, 404, 410, 422),
    ),
    code: 'model_not_found', message: '{name} does not offer this model: {text}',
  },
  {
    when: any(code('engine_overloaded_error', 'overloaded_error', 'ServerOverloaded', 'overloaded'), text(/overloaded/i, 429)),
    code: 'upstream_error', message: '{name} is overloaded: {text}',
  },
  {
    when: any(code('rate_limit_exceeded', 'rate_limit_error', 'rate_limit_reached_error', 'RateLimitExceeded', 'Throttling.RateQuota'), text(/per (second|minute)|\b[RT]PM\b/i, 403, 429)),
    code: 'upstream_rate_limited', message: '{name} limits how often this key may ask: {text}',
  },
  {
    when: any(
      status(402),
      code('insufficient_quota', 'exceeded_current_quota_error', 'insufficient_balance', 'billing_hard_limit_reached', 'billing_not_active', 'quota_exceeded', 'QuotaExceeded', 'Arrearage', 'AccountOverdueError', 'credits_exhausted'),
      text(/insufficient[ _](account )?(balance|quota|credits?|funds)|(balance|credits?) (is|are) (insufficient|too low|not enough)|(current|daily|monthly|weekly|your) quota|quota (has been |is )?(exceeded|used up)|out of credits|余额不足|欠费|配额/i, 400, 403, 429),
    ),
    code: 'quota_exceeded', message: 'The quota of this key is used up: {text}',
  },
  {
    when: any(code('unsupported_country_region_territory'), text(/(country|region)[^.]{0,60}not (supported|available)|not (supported|available) in your (country|region)/i, 400, 403)),
    code: 'region_not_served', message: '{name} does not serve this place: {text}',
  },
  {
    when: any(status(401), code('invalid_api_key', 'authentication_error', 'AuthenticationError', 'invalid_authentication_error', 'InvalidApiKey', 'unauthorized')),
    code: 'upstream_auth_failed', message: '{name} does not accept this key: {text}',
  },
  { when: any(code('model_not_allowed'), all(status(403), says(/\bmodels?\b/i)), text(/\bmodels?\b[^.]{0,100}?(not (allowed|permitted|available to)|no (access|permission))|access to (the |this )?model/i)), code: 'model_not_allowed', message: '{name} does not allow this model for the key: {text}' },
  { when: any(status(403), code('permission_error', 'permission_denied', 'PermissionDenied')), code: 'upstream_auth_failed', message: '{name} does not accept this key: {text}' },
  { when: status(429), code: 'upstream_rate_limited', message: '{name} limits how often this key may ask: {text}' },
  { when: status(404, 405), code: 'no_such_api', message: '{name} has no such API at this address (HTTP {status}): {text}', hint: checkBase },
  { when: status(408, 504), code: 'upstream_timeout', message: '{name} took too long: {text}' },
  { when: any(between(400, 499), all(status(200), code('invalid_request_error', 'BadRequestError', 'invalid_parameter', 'UnprocessableEntityError'))), code: 'request_rejected', message: rejected },
  { when: () => true, code: 'upstream_error', message: '{name} failed: {text}' },
]; // prettier-ignore

/** What a refusal of `name` means, by the service's own lines first. */
export function refusalError(refusal: Refusal, name: string, own: readonly Rule[] = []): ChatError {
  return judge(own.length > 0 ? [...own, ...rules] : rules, refusal, name).error;
}

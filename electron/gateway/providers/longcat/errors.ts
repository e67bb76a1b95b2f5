import type { ChatError } from '../../chat/errors.ts';
import type { NetworkResponse } from '../../network/network.ts';
import { code, judge, page, says, status, type Rule } from '../wire/shared/classify.ts';
import type { Facts, Refusal } from '../wire/shared/refusal.ts';

const guard = /mtgsig|h5guard|\byoda|verify\.meituan|spiderindefence|requestcode|安全验证|请求异常|拒绝操作|风控|人机/i;
const signedOut =
  /未登录|登录后|请(?:先|重新)登录|登录(?:已|状态)?(?:过期|失效)|not logged|token (?:is |has )?(?:expired|invalid)/i;
const spent = /(?:次数|额度)[^，。,.]{0,12}(?:用完|用尽|上限|不足)|quota|daily limit/i;
const tooFast = /\b429\b|too (?:fast|many|frequent)|rate limit|操作太快|频繁|稍后再试/i;
const limited = 'LongCat limits how often this token may ask: {text}';
const between =
  (least: number, most: number) =>
  ({ status: is }: Facts): boolean =>
    is >= least && is <= most;

/** The first rule that fits decides (README: Errors). The site says most of it with HTTP 200 and a code in the body. */
const rules: readonly Rule[] = [
  { when: says(guard), code: 'guard_required', message: 'The request guard of LongCat’s web page refused the request.' },
  { when: code('guard_required'), code: 'guard_required', message: 'The request guard of LongCat’s web page refused the request.' },
  { when: page(404, 405), code: 'upstream_protocol', message: 'LongCat has no such page any more (HTTP {status}).' },
  { when: page(500, 502, 504), code: 'upstream_error', message: 'LongCat is not available (HTTP {status}).' },
  { when: page(), code: 'upstream_blocked', message: 'LongCat sent a web page instead of an answer (HTTP {status}).' },
  { when: between(300, 399), code: 'upstream_protocol', message: 'LongCat redirected the request; redirects are not followed.' },
  { when: says(signedOut), code: 'upstream_auth_failed', message: 'LongCat no longer accepts this token: {text}', hint: 'Sign in at longcat.chat again and copy the new passport_token_key.' },
  { when: says(spent), code: 'quota_exceeded', message: 'The quota of this token is used up: {text}' },
  { when: status(429), code: 'upstream_rate_limited', message: limited },
  { when: status(408, 504), code: 'upstream_timeout', message: 'LongCat took too long: {text}' },
  { when: between(500, 599), code: 'upstream_error', message: 'LongCat failed: {text}' },
  { when: says(tooFast), code: 'upstream_rate_limited', message: limited },
  { when: status(401, 403), code: 'upstream_auth_failed', message: 'LongCat no longer accepts this token: {text}', hint: 'Sign in at longcat.chat again and copy the new passport_token_key.' },
  { when: says(/sensitive|敏感|违规/i), code: 'request_rejected', message: 'LongCat refuses the content of the request: {text}', hint: 'Change the wording.' },
  { when: says(/(?:内容|文本|输入)过长|超(?:过|出)[^，。]{0,10}(?:长度|字)|too long/i), code: 'context_length_exceeded', message: 'The conversation is too long for LongCat: {text}' },
  { when: status(404, 405), code: 'upstream_protocol', message: 'LongCat did not find what was asked for: {text}' },
  { when: status(413), code: 'request_too_large', message: 'The request is too large for LongCat.' },
  { when: between(400, 499), code: 'request_rejected', message: 'LongCat rejected the request: {text}' },
  { when: () => true, code: 'upstream_error', message: 'LongCat failed: {text}' },
]; // prettier-ignore

/** What a refusal means and whose fault it is: an HTTP reply, or what a frame says (status 200). */
export const classify = (refusal: Refusal): ChatError => judge(rules, refusal, 'LongCat').error;

/** What a reply that is no answer means. Reads its body. */
export async function failureOf(response: NetworkResponse, now: number, secret: string): Promise<ChatError> {
  const body = await response.text(64 * 1024).catch(() => '');
  return classify({ status: response.status, headers: response.headers, body, now, secret });
}

import type { Blame } from '../../../shared/blame.ts';
import type { Failure } from '../../../shared/exchange.ts';
import type { Breakage, CanaryKind } from '../../../shared/radar.ts';

/** What an error code means for a provider as a whole; codes that are not here go by their blame. */
const byCode: Readonly<Record<string, Breakage>> = {
  client_version_outdated: 'client-version',
  captcha_required: 'captcha',
  guard_required: 'guard',
  upstream_blocked: 'waf',
  model_not_found: 'model-renamed',
  model_not_allowed: 'model-refused',
  model_not_in_plan: 'model-refused',
  upstream_auth_failed: 'credential',
  guest_token: 'credential',
  plan_expired: 'plan',
  no_token_available: 'resting',
  no_token_configured: 'resting',
  wrong_base: 'base',
  loop_detected: 'base',
  upstream_dns: 'dns',
  upstream_tls: 'tls',
  proxy_unreachable: 'proxy',
  upstream_timeout: 'timeout',
  upstream_disconnect: 'cut',
  upstream_truncated: 'cut',
  upstream_protocol: 'format',
};

const byBlame: Readonly<Record<Blame, Breakage>> = {
  request: 'request',
  credential: 'credential',
  quota: 'quota',
  rate: 'rate',
  'client-version': 'client-version',
  captcha: 'captcha',
  network: 'network',
  provider: 'outage',
  client: 'traygate',
  gateway: 'traygate',
};

/** The provider's words and codes for what has no error code of its own. `forbidden` is Anthropic's type for places it does not serve. */
const aboutSignature = /signature|签名/i;
const aboutRegion =
  /unsupported_country|^forbidden$|\b(?:country|countries|region|territory|location)\b|(?:国家|地区|区域)/im;

/** A service of the user's own address: nothing at a path means that the address is wrong, not that a site has changed. */
const notThere = (status: number | null): boolean =>
  status !== null && ((status >= 300 && status < 400) || status === 404 || status === 405);

/** Names what is broken, by what the failed canary has left in its record. */
export function diagnose(failure: Failure, kind: CanaryKind): Breakage {
  const said = `${failure.upstreamCode ?? ''}\n${failure.upstreamMessage ?? ''}`;
  if (failure.code === 'client_version_outdated' && aboutSignature.test(said)) return 'signature';
  if (
    ['upstream_blocked', 'upstream_auth_failed', 'model_not_allowed'].includes(failure.code) &&
    aboutRegion.test(said)
  )
    return 'region';
  if (failure.code === 'upstream_protocol' && (kind === 'key' || kind === 'none') && notThere(failure.upstreamStatus))
    return 'base';
  return byCode[failure.code] ?? byBlame[failure.blame];
}

/** What rests the tokens of a pool, by the code that put them to rest. */
export function diagnoseRest(code: string | undefined): Breakage {
  if (code === 'quota_exceeded') return 'quota';
  if (code === 'upstream_rate_limited' || code === 'concurrency_limited') return 'rate';
  return byCode[code ?? ''] ?? 'resting';
}

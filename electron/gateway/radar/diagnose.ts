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
  token_expired: 'credential',
  plan_expired: 'plan',
  no_token_available: 'resting',
  no_token_configured: 'resting',
  wrong_base: 'base',
  loop_detected: 'base',
  no_such_api: 'base',
  region_not_served: 'region',
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

/** The provider's own words, where its code says less. */
const aboutSignature = /signature|签名/i;
const aboutRegion = /\b(?:country|countries|region|territory)\b|(?:国家|地区)/i;

/** Names what is broken, by what the failed canary has left in its record. */
export function diagnose(failure: Failure, kind: CanaryKind): Breakage {
  const said = `${failure.upstreamCode ?? ''}\n${failure.upstreamMessage ?? ''}`;
  if (failure.code === 'client_version_outdated' && aboutSignature.test(said)) return 'signature';
  if (['upstream_auth_failed', 'model_not_allowed'].includes(failure.code) && aboutRegion.test(said)) return 'region';
  // The address of a site is not the user's: nothing at a path means that the site has changed.
  if (failure.code === 'no_such_api' && (kind === 'token' || kind === 'guest')) return 'format';
  return byCode[failure.code] ?? byBlame[failure.blame];
}

/** What rests the tokens of a pool, by the code that put them to rest. */
export function diagnoseRest(code: string | undefined): Breakage {
  if (code === 'quota_exceeded') return 'quota';
  if (code === 'upstream_rate_limited' || code === 'concurrency_limited') return 'rate';
  return byCode[code ?? ''] ?? 'resting';
}

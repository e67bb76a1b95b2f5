import type { DiagnosedItem, PasteProblem } from '../../../shared/diagnosis.ts';
import { looksLikeToken, shortestToken } from '../../../shared/paste.ts';
import { maxLength, type Pasted } from '../../../shared/paste/pasted.ts';
import { isBuiltIn, type ProviderId, usesApiKeys } from '../../../shared/provider.ts';
import { maskAccount } from '../providers/wire/web/identity.ts';
import { type Jwt, readJwt } from './claims.ts';
import { type Hosts, issuerOf, providerOfIssuer, providerOfVariable } from './services.ts';

export type Judgement = Pick<DiagnosedItem, 'provider' | 'service' | 'kind' | 'expiresAt' | 'account' | 'problem'>;

export interface Surroundings {
  /** The provider whose tokens are being added. */
  readonly provider: ProviderId;
  readonly hosts: Hosts;
  readonly now: number;
  /** The user says that they belong here, whatever they look like. */
  readonly trusting: boolean;
}

const nothing: Judgement = {
  provider: null,
  service: null,
  kind: 'unknown',
  expiresAt: null,
  account: null,
  problem: null,
};

/** `name@example.com:password`, which K2 Think takes for a token. */
const signIn = /^([^\s:@]+@[^\s:@]+):(.+)$/s;
/** An API key of Z.AI: an id and a secret. */
const zaiKey = /^[0-9a-f]{32}\.[A-Za-z0-9]{16}$/;
const placeholder = /^(?:sk-your-api-key|your[-_ ]?\w{0,20}(?:token|key)\w{0,20}|<.*>?|\$\{.*|x{8,}|changeme)$/i;
const masked = /[•●…*]{2,}|\.{3}|…/u;

/** What an item is, by itself and by where it stood. Asks nobody. */
export function judge(item: Pasted, { provider, hosts, now, trusting }: Surroundings): Judgement {
  const { value, name, place, host } = item;
  if (value === '') return { ...nothing, problem: 'no-token-cookie' };
  const owner = host === null ? null : (hosts.get(host) ?? null);
  const problem = formOf(value, owner ?? provider);
  if (problem !== null) return { ...nothing, provider: owner, problem };
  const jwt = readJwt(value);
  if (jwt === 'damaged') return { ...nothing, provider: owner, problem: 'cut-off' };
  const told = jwt ? ofJwt(jwt, now) : ofText(value, hosts);
  if (trusting) return fitting(belonging(told), provider);
  if (owner !== null) return fitting(belonging(told), owner);
  // A host that is nobody's says so more clearly than the form of what was sent to it.
  if (host !== null) return { ...told, provider: null, service: host, problem: 'other-service' };
  if (name === 'passport_token_key') return { ...told, provider: 'longcat', kind: 'user' };
  const byName = place === 'variable' && name !== null ? providerOfVariable(name) : null;
  if (byName !== null) return fitting(belonging(told), byName);
  // A service that the user has added takes keys of any form.
  return isBuiltIn(provider) ? told : { ...belonging(told), provider: null };
}

/** What its form says about other services does not count. */
const belonging = (told: Judgement): Judgement => ({
  ...told,
  service: null,
  problem: told.problem === 'other-service' ? null : told.problem,
});

/** A site's pages and its API share neither tokens nor keys, but some share a host. */
const fitting = (told: Judgement, provider: ProviderId): Judgement => ({
  ...told,
  provider,
  kind: told.kind === 'unknown' ? (usesApiKeys(provider) ? 'api-key' : 'user') : told.kind,
});

function formOf(value: string, provider: ProviderId): PasteProblem | null {
  if (placeholder.test(value.slice(0, 100))) return 'placeholder';
  if (value.startsWith('sk-local-')) return 'client-key';
  if (value.length < 2_000 && masked.test(value) && !signIn.test(value)) return 'masked';
  const shortest = shortestToken(provider);
  if (value.length < shortest) return 'too-short';
  return looksLikeToken(value, shortest) && value.length <= maxLength ? null : 'characters';
}

function ofJwt({ algorithm, claims, expiresAt }: Jwt, now: number): Judgement {
  const { email } = claims;
  const guest = claims['role'] === 'guest' || (typeof email === 'string' && /^guest-\d+@guest\.com$/i.test(email));
  const issuer = typeof claims['iss'] === 'string' ? claims['iss'].slice(0, 200) : '';
  const told: Judgement = {
    ...nothing,
    kind: guest ? 'guest' : 'user',
    expiresAt,
    account: guest ? null : (maskAccount(email) ?? null),
    problem: expiresAt !== null && expiresAt <= now ? 'expired' : guest ? 'guest' : null,
  };
  // Keys of Z.AI's API can be made into short-lived tokens.
  if (typeof claims['api_key'] === 'string') return { ...told, provider: 'zai-api', kind: 'api-key' };
  if (/(?:^|[./])k2think\.ai\b/.test(issuer)) return { ...told, provider: 'k2think' };
  if (/(?:^|[./])z\.ai\b/.test(issuer)) return { ...told, provider: 'zai' };
  if (issuer !== '') return { ...told, service: issuer, problem: told.problem ?? 'other-service' };
  if (claims['id'] === undefined) return told;
  // Both sites' tokens hold little but an id; they are signed in different ways.
  if (algorithm === 'ES256') return { ...told, provider: 'zai' };
  return algorithm === 'HS256' ? { ...told, provider: 'k2think' } : told;
}

function ofText(value: string, hosts: Hosts): Judgement {
  const [, email] = signIn.exec(value.slice(0, 1_000)) ?? [];
  if (email !== undefined)
    return { ...nothing, provider: 'k2think', kind: 'sign-in', account: maskAccount(email) ?? null };
  if (zaiKey.test(value)) return { ...nothing, provider: 'zai-api', kind: 'api-key' };
  const service = issuerOf(value);
  if (service !== null) {
    const provider = providerOfIssuer(service, hosts);
    return { ...nothing, service, provider, kind: 'api-key', problem: provider === null ? 'other-service' : null };
  }
  return { ...nothing, kind: /^(?:sk|ak|pk)[-_]/.test(value) ? 'api-key' : 'unknown' };
}

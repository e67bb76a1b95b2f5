import { randomUUID } from 'node:crypto';
import { builtIns, isBuiltIn } from '../../../shared/provider.ts';
import { judge } from '../doctor/judge.ts';
import { aliasMaker } from '../control/pasted-tokens.ts';
import { fresh, type Health, nextHealth } from '../pool/health.ts';
import { hashOf, type StoredToken, type TokenStore } from '../pool/token-store.ts';
import type { FoundToken } from './python-server.ts';
import { type Line, lineOf } from './report.ts';

const tiers = 9;
const noPolicy = { failureThreshold: 1, recoveryMs: 0 };

/** Saves what is not here yet, all or nothing. What is told of each holds no character of it. */
export function takeTokens(found: readonly FoundToken[], store: TokenStore, now: number): Line[] {
  const saved = store.load();
  const known = new Map(saved.map(({ provider, hash, alias }) => [`${provider} ${hash}`, alias]));
  const here = new Set(known.keys());
  const next = new Map<string, () => string>();
  const tier = tiersOf(found);
  const added: StoredToken[] = [];
  const lines = found.map((token): Line => {
    const { provider, secret, place } = token;
    const hash = hashOf(secret);
    const subject = `${place} #${hash.slice(0, 6)}`;
    const objection = whyNot(token, now);
    if (objection !== null || !isBuiltIn(provider)) return { subject, outcome: 'refused', text: objection ?? '' };
    const name = `${provider} ${hash}`;
    const other = known.get(name);
    if (other !== undefined)
      return here.has(name)
        ? { subject, outcome: 'already so', text: `saved here as ${other}` }
        : { subject, outcome: 'duplicate', text: `of the one that is added as ${other}` };
    const { letter } = builtIns[provider];
    const alias =
      next.get(provider) ??
      aliasMaker(
        letter,
        saved.filter((one) => one.provider === provider).map((one) => one.alias),
      );
    next.set(provider, alias);
    const record = storedToken(token, { alias: alias(), hash, now, priority: tier(token) });
    known.set(name, record.alias);
    added.push(record);
    return lineOf(subject, told(record));
  });
  store.insert(added);
  return lines;
}

function told({ provider, alias, role, enabled, priority }: StoredToken): Omit<Line, 'subject'> {
  if (role === 'guest')
    return { outcome: 'guest', text: `${provider}, saved switched off as ${alias}: it belongs to no account` };
  const more = [...(enabled ? [] : ['switched off, as there']), ...(priority > 1 ? [`tier ${priority}`] : [])];
  return { outcome: 'added', text: [`${provider}, as ${alias}`, ...more].join(', ') };
}

/** Null for what can be saved. Whether the provider takes it is for a check to say. */
function whyNot({ secret, provider }: FoundToken, now: number): string | null {
  if (!isBuiltIn(provider) || provider === 'local')
    return `there is no provider “${provider.slice(0, 40)}” here: add it and paste the token`;
  if (!/^[\x21-\x7e]{1,20000}$/.test(secret))
    return 'it holds blanks or other characters that no token has: copy it anew';
  const { problem } = judgeOf(secret, provider, now);
  if (problem === 'placeholder') return 'it is a placeholder, no token';
  return problem === 'client-key' ? 'it is a key of a Traygate, no token of a provider' : null;
}

const judgeOf = (value: string, provider: string, now: number) =>
  judge(
    { line: null, value, place: 'list', name: null, host: null },
    { provider, hosts: new Map(), now, trusting: true },
  );

interface Circumstances {
  readonly alias: string;
  readonly hash: string;
  readonly now: number;
  readonly priority: number;
}

function storedToken(token: FoundToken, { alias, hash, now, priority }: Circumstances): StoredToken {
  const { kind, account } = judgeOf(token.secret, token.provider, now);
  const guest = token.guest || kind === 'guest';
  const role = guest ? 'guest' : 'unknown';
  const counters = { ok: 0, failed: 0, lastUsedAt: null, origin: null };
  return {
    id: randomUUID(), provider: token.provider, alias, hash, secret: token.secret, role, account, userId: null,
    enabled: token.enabled && !guest, weight: 1, priority, health: guest ? asGuest(now) : fresh, ...counters, createdAt: now,
  }; // prettier-ignore
}

const asGuest = (now: number): Health =>
  nextHealth(fresh, { type: 'verified', outcome: 'guest', message: null }, { now, random: 0 }, noPolicy);

/** Priorities there, the higher the earlier, as tiers here, 1 first; ninth is the last. */
function tiersOf(found: readonly FoundToken[]): (token: FoundToken) => number {
  const ranks = new Map<string, number[]>();
  for (const [provider, tokens] of Map.groupBy(found, ({ provider: of }) => of))
    ranks.set(
      provider,
      [...new Set(tokens.map(({ priority }) => priority))].toSorted((a, b) => b - a),
    );
  return ({ provider, priority }) => Math.min(tiers, (ranks.get(provider)?.indexOf(priority) ?? 0) + 1);
}

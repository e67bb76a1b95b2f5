import type { TFunction } from 'i18next';
import type { Attempt } from '../../../shared/exchange.ts';
import { providerName } from '../../lib/provider-name.ts';

/** Who answered or tried to: the token's alias, "Guest", or the provider where no token is needed. */
export function credentialName(attempt: Attempt, t: TFunction): string {
  if (attempt.credentialKind === 'guest') return t('logs.guest');
  return attempt.credential ?? providerName(attempt.provider);
}

/** `Z.AI · Z1 → Z2` */
export function providerPath(attempts: readonly Attempt[], t: TFunction): string {
  const first = attempts[0];
  if (first === undefined) return '–';
  const named = attempts.filter(({ credential }) => credential !== null);
  const path = named.map((attempt) => credentialName(attempt, t)).join(' → ');
  return path === '' ? providerName(first.provider) : `${providerName(first.provider)} · ${path}`;
}

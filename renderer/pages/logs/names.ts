import type { TFunction } from 'i18next';
import type { Attempt } from '../../../shared/exchange.ts';
import { providerNames } from '../../../shared/provider.ts';

/** Who answered or tried to: the token's alias, "Guest", or the provider where no token is needed. */
export function credentialName(attempt: Attempt, t: TFunction): string {
  if (attempt.credentialKind === 'guest') return t('logs.guest');
  return attempt.credential ?? providerNames[attempt.provider];
}

/** `Z.AI · Z1 → Z2` */
export function providerPath(attempts: readonly Attempt[], t: TFunction): string {
  const first = attempts[0];
  if (first === undefined) return '–';
  const named = attempts.filter(({ credential }) => credential !== null);
  const path = named.map((attempt) => credentialName(attempt, t)).join(' → ');
  return path === '' ? providerNames[first.provider] : `${providerNames[first.provider]} · ${path}`;
}

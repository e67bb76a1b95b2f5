import type { Token, TokenState } from '../../../../shared/token.ts';

export const tokenGroups = ['all', 'healthy', 'resting', 'guest', 'invalid', 'off'] as const;
export type TokenGroup = (typeof tokenGroups)[number];

const groupOf: Record<TokenState, Exclude<TokenGroup, 'all'>> = {
  unverified: 'healthy',
  checking: 'healthy',
  ready: 'healthy',
  degraded: 'healthy',
  cooling: 'resting',
  probing: 'resting',
  quota: 'resting',
  guest: 'guest',
  invalid: 'invalid',
  locked: 'invalid',
  off: 'off',
};

export const inGroup = (token: Token, group: TokenGroup): boolean => group === 'all' || groupOf[token.state] === group;

export function filterTokens(tokens: readonly Token[], group: TokenGroup, text: string): Token[] {
  const wanted = text.trim().toLowerCase();
  return tokens.filter(
    (token) =>
      inGroup(token, group) &&
      `${token.alias} ${token.fingerprint} ${token.account ?? ''}`.toLowerCase().includes(wanted),
  );
}

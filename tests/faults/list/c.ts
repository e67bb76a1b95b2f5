import { group } from './row.ts';

export const c = group('C', 'The pool', [
  [
    'F053',
    'P0',
    'all tokens rest',
    '503 `no_token_available` (Anthropic 529) at once, with the time until the first returns; the provider is not asked',
  ],
  ['F054', 'P1', 'no token and no guests', '503 `no_token_configured`, no repeat advised'],
  [
    'F055',
    'P1',
    'own tokens down with guests; guests down with “guests only”',
    'a guest answers; an error, never an own token in secret',
  ],
  [
    'F056',
    'P0',
    'HTTP 500 for all of 200 requests',
    'at most 1.3 upstream requests for each; left alone within two seconds; back within five',
  ],
  ['F057', 'P0', 'a hundred requests wait when the only token returns', 'one probe, then as many as the token takes'],
  [
    'F059',
    'P1',
    'a token is removed or switched off during its answer',
    'the answer ends well; no new use; it can be restored',
  ],
  [
    'F060',
    'P1',
    'the value of a token in use is replaced',
    'its name, history and place stay; the running answer ends well',
    'not offered: the value of a token cannot be replaced in place; a new token is added and the old one removed (F059)',
  ],
  ['F061', 'P1', 'the same thousand tokens from two windows at once', 'each saved once; the reports add up'],
  [
    'F063',
    'P1',
    'one slow and one fast token, least in flight',
    'the fast one serves most; the slow one is not starved',
  ],
  [
    'F064',
    'P1',
    'all of 240 tokens are checked under load',
    'five at once; requests are not slowed down; it can be cancelled',
  ],
  [
    'F065',
    'P0',
    'twenty requests for a token that takes four',
    'never more than four, in order; a wait that is too long is 503 `queue_timeout`',
  ],
  ['F067', 'P1', 'a check finds a guest in a user’s token', 'kept out of the pool as a guest; one notice'],
  ['F068', 'P1', 'a token that says it has expired', 'invalid without asking anybody'],
  ['F069', 'P1', 'killed while tokens rest', 'states and times survive; counters lose seconds at most'],
]);

import { group } from './row.ts';

export const g = group('G', 'A hostile computer in the network', [
  ['F121', 'P0', 'the network address while only this computer may', 'refused'],
  ['F122', 'P0', 'opening to the network without a key', 'refused; this computer only'],
  ['F123', 'P0', 'opening with a guessable key', 'refused; asks for another'],
  ['F124', 'P0', 'a thousand wrong keys', 'slowed down for that address; others unaffected'],
  ['F125', 'P0', 'administration from the network, forged forwarding headers', '403'],
  ['F126', 'P1', 'five hundred streams of another computer with a valid key', 'its own limit, 429; others unaffected'],
  ['F127', 'P1', 'TLS, noise, HTTP/2, connections closed at once', '400 or closed; few log lines'],
  ['F128', 'P0', 'paths that climb', '404 or 400; never a file outside'],
  ['F129', 'P1', 'control characters in names', 'one escaped log line; plain text in the window'],
  ['F130', 'P1', 'a network name that is not listed', '403'],
  ['F131', 'P0', 'a key or session is revoked while in use', '401 at once; its streams closed within a second'],
  [
    'F132',
    'P1',
    'the window over plain HTTP in a network',
    'a warning before and after signing in; secrets never in addresses',
  ],
]);

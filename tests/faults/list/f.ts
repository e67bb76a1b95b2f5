import { group } from './row.ts';

export const f = group('F', 'A hostile web page', [
  ['F108', 'P0', 'a foreign Host header on every route', '403 `forbidden_host` before key and body'],
  ['F109', 'P0', 'names that look like ours', '403 or 400; only our names with our port'],
  ['F110', 'P1', 'DNS rebinding in a browser', 'the page reads nothing; the provider is not asked'],
  ['F111', 'P0', 'a simple request of a page', '403, the provider is not asked, also without keys'],
  ['F112', 'P0', 'a preflight', 'no CORS header at all'],
  ['F113', 'P0', 'cross-site signs while no key is needed', '403 unless that origin is listed'],
  ['F114', 'P0', 'images, forms and scripts at the window’s routes', 'nothing changes without our header and session'],
  ['F115', 'P0', 'a foreign page listens to events', '403'],
  ['F116', 'P1', 'a page frames the window', 'blocked'],
  ['F117', 'P1', 'a browser that allows pages to reach this computer', 'still 403'],
  [
    'F118',
    'P1',
    'cookies of another port; sign-in by a foreign page',
    'ignored; cookies are strict and named for this instance',
  ],
  ['F119', 'P0', 'every route without and with a session', 'nothing about providers or files without; no secret with'],
]);

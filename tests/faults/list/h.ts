import { group } from './row.ts';

export const h = group('H', 'A hostile provider', [
  ['F133', 'P0', '300 MB without an end of line', 'broken off with `upstream_protocol`; memory and time bounded'],
  ['F134', 'P1', 'an answer without end', 'ended by time or size; the row says why'],
  ['F136', 'P0', 'a compressed bomb, an error body of a gigabyte', 'bounded'],
  ['F137', 'P0', 'redirects', 'not followed; the token never leaves its host'],
  ['F138', 'P0', 'base URLs that lead inside, by every notation', 'refused when saved and when connecting'],
  ['F139', 'P0', 'a body or headers that name another destination', 'ignored; the destination stays'],
  ['F140', 'P0', 'text that is slow to search', 'linear; passed on unchanged'],
  ['F141', 'P0', 'every split of tags and blocks', 'the same result'],
  ['F142', 'P0', 'markup in answers, names and errors', 'shown as text; nothing loaded'],
  [
    'F143',
    'P0',
    'an error that repeats our token in any field; cookies',
    'blotted out everywhere; cookies are neither kept nor mixed',
  ],
  ['F145', 'P0', 'tool arguments: `__proto__`, 10 MB, repeated ids', 'passed on as data, with bounds'],
  ['F146', 'P1', 'a list of 100,000 models', 'a thousand kept, each once, with harmless names; aliases win'],
  ['F147', 'P1', 'wrong lengths, early ends, floods of 1xx, trailers', 'as a break; bounded'],
]);

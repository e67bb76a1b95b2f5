import { group } from './row.ts';

export const b = group('B', 'The client', [
  [
    'F031',
    'P0',
    'leaves while nothing has come',
    'upstream closed within a second; the row says 499; no repeat, no token touched',
  ],
  ['F032', 'P0', 'leaves in the middle of an answer, streamed or whole', 'the same; what was sent is on the row'],
  ['F033', 'P0', 'leaves the queue', 'forgotten; the provider never hears of it'],
  [
    'F034',
    'P0',
    'never reads an answer of 200 MB',
    'memory bounded; given up after a minute without progress; upstream closed',
  ],
  ['F035', 'P0', 'a body that is no JSON', '400 `invalid_json` as JSON; nothing of the body in the log'],
  ['F037', 'P0', 'a body above the limit, announced or chunked', '413; memory bounded; connection closed'],
  ['F038', 'P0', 'a compressed bomb: gzip, deflate, brotli', '413; memory bounded'],
  ['F039', 'P0', '100,000 levels, a million messages, 100,000 members', '400 `too_complex`'],
  ['F040', 'P1', 'headers of 20 KB, two thousand headers', '431'],
  ['F041', 'P0', 'headers that never end', '408 or closed within 15 seconds'],
  ['F042', 'P1', 'fifty bodies at a byte per second', '408 after a minute; others are not slowed down'],
  [
    'F043',
    'P1',
    'a thousand idle and a thousand silent connections',
    'a bound for each address and for all; a client on this computer is still served',
  ],
  ['F044', 'P1', 'wrong parameters, on every dialect', '400 that names the parameter; the provider is not asked'],
  ['F045', 'P1', 'a model that does not exist, or whose name is 10 KB', '404; the name cut in Logs'],
  [
    'F046',
    'P1',
    'thirty calls of a key that may make ten a minute',
    'ten answered, twenty 429 with `Retry-After`; the provider saw ten',
  ],
  ['F047', 'P1', 'wrong methods, paths that do not exist or almost', '405 with `Allow`, 404 as JSON, or served'],
  [
    'F048',
    'P0',
    'two lengths, bad chunks, no Host, another host in the target',
    '400 and closed; the foreign host 403',
  ],
  [
    'F052',
    'P0',
    'two headers with different keys; a restricted key in either',
    '401 when they differ; the restriction holds in both',
  ],
]);

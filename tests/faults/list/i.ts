import { group } from './row.ts';

export const i = group('I', 'A hostile local user or process', [
  ['F149', 'P0', 'another user reads the data', 'permission denied'],
  ['F150', 'P0', 'another user calls without a key', '401'],
  ['F151', 'P0', 'a search for secrets in all files', 'nothing outside the sealed store'],
  ['F152', 'P1', 'the process list', 'no secret in arguments'],
  ['F153', 'P1', 'a secret stays in the clipboard', 'cleared after a minute'],
  [
    'F154',
    'P1',
    'changed program files',
    'refused where the system can',
    'needs a signed package; the system checks it, not Traygate',
  ],
  [
    'F155',
    'P1',
    'a folder, lock or pipe of another user',
    'refuses to start, with the reason; nothing of it is changed',
  ],
  ['F156', 'P0', 'crash dumps and reports', 'no secret, no prompt'],
  [
    'F157',
    'P1',
    'another program takes the port first, or a part of it, and answers like us',
    'never moves in silence; what does not arrive in this process is not taken for it, and gets no key',
  ],
  ['F158', 'P1', 'tokens from the environment', 'read once, not shown'],
]);

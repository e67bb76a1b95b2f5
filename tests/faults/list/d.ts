import { group } from './row.ts';

export const d = group('D', 'Storage', [
  [
    'F071',
    'P0',
    'killed at random while it saves, many times',
    'what was acknowledged is there; files can be read; leftovers swept',
  ],
  [
    'F072',
    'P0',
    'the disk fills up in the middle of saving',
    'refused as `disk_full`; nothing changed, neither in the file nor in memory; requests are answered',
  ],
  ['F073', 'P0', 'the disk is full at the start', 'starts from what is saved'],
  ['F074', 'P1', 'a saved file cannot be read', 'its backup is used, and the user is told'],
  [
    'F075',
    'P0',
    'damaged settings of every kind',
    'starts from the newest good backup; the damaged file kept; tokens untouched; never silently the defaults',
  ],
  [
    'F076',
    'P0',
    'settings and all backups damaged',
    'the defaults: this computer only; the key and the tokens, which are elsewhere, untouched; an explanation',
  ],
  ['F077', 'P1', 'the token store damaged', 'its backup is used; what cannot be opened is listed; nothing overwritten'],
  [
    'F078',
    'P1',
    'settings of a newer version',
    'refused as they are, with one sentence; settings not known in this version are kept',
  ],
  [
    'F079',
    'P0',
    'the keychain locked, removed or another one',
    'starts; tokens are locked with the reason; nothing overwritten',
  ],
  ['F080', 'P0', 'a folder others can read', 'made private, one warning'],
  ['F081', 'P1', 'settings behind a link, or of another user', 'not written through; a clear message'],
  ['F082', 'P0', 'a second process on the same folder', 'refused with the first one’s process id; nothing lost'],
  ['F084', 'P1', 'a million requests', 'storage bounded, the oldest removed, no pause'],
  [
    'F085',
    'P0',
    'a hostile backup: `__proto__`, paths, bombs, wrong password',
    'refused with the reason; nothing outside the data folder',
  ],
]);

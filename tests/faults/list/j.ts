import { group } from './row.ts';

export const j = group('J', 'The window and its bridge', [
  ['F159', 'P0', 'Node in the window', 'not there; isolation and sandbox on'],
  ['F160', 'P0', 'the bridge', 'exactly what is declared; no secret but those that are handed over'],
  ['F161', 'P0', 'ten thousand payloads per call', 'refused by the schema; nothing polluted'],
  [
    'F163',
    'P0',
    'stored tokens asked for by the window, one after the other',
    'five a minute are revealed, each with a line in the log; a Mac with Touch ID asks who is there; no list holds one',
  ],
  ['F164', 'P0', 'navigation, new windows, dropped files', 'nothing; only listed https links are opened'],
  ['F165', 'P0', 'injected scripts and styles', 'blocked'],
  ['F166', 'P0', 'paths from the window', 'none are taken'],
  ['F167', 'P1', 'permissions of every kind', 'denied'],
  ['F169', 'P1', 'ten thousand calls a second', 'throttled; requests unaffected'],
  ['F170', 'P1', 'an Electron outside its supported versions, or with grave known faults', 'the release is not made'],
]);

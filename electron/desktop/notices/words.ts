import type { Texts } from '../texts.ts';
import type { Notice } from './notice.ts';

export interface Words {
  readonly title: string;
  readonly body: string;
}

/** So many names fit into what a system shows. */
const most = 3;

const named = (aliases: readonly string[]): string =>
  `${aliases.slice(0, most).join(', ')}${aliases.length > most ? ', …' : ''}`;

export function wordsOf(notice: Notice, { notices }: Texts): Words {
  switch (notice.kind) {
    case 'port-taken':
      return notices.portTaken(notice.port, notice.owner);
    case 'stopped':
      return notices.stopped;
    case 'provider':
      return notices.provider(notice.name, notice.guests);
    case 'tokens':
      return notices.tokens(named(notice.aliases), notice.aliases.length, notice.name);
    case 'ending':
      return notices.ending(named(notice.aliases), notice.aliases.length, notice.name);
    case 'wrong-keys':
      return notices.wrongKeys(notice.address, notice.wrong);
    case 'recovered':
      return notices.recovered[notice.what];
    case 'errors':
      return notices.errors(notice.percent);
    case 'update':
      return notices.update(notice.version);
    case 'update-failed':
      return notices.updateFailed;
  }
}

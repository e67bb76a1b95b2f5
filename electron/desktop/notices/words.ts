import type { Texts } from '../texts.ts';
import type { Notice } from './notice.ts';

export interface Words {
  readonly title: string;
  readonly body: string;
}

/** So many names fit into what a system shows. */
const most = 3;

export function wordsOf(notice: Notice, { notices }: Texts): Words {
  switch (notice.kind) {
    case 'port-taken':
      return notices.portTaken(notice.port, notice.owner);
    case 'stopped':
      return notices.stopped;
    case 'provider':
      return notices.provider(notice.name, notice.guests);
    case 'tokens': {
      const { aliases, name } = notice;
      return notices.tokens(aliases.slice(0, most).join(', '), Math.max(0, aliases.length - most), name);
    }
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

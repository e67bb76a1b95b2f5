import type { ClientId } from '../../../../shared/clients.ts';
import type { Launch } from '../command.ts';
import type { Edit } from '../edit/change.ts';
import type { FormatName } from '../edit/format.ts';
import type { Path } from '../edit/path.ts';
import type { Fill } from '../fill.ts';
import type { Places } from '../places.ts';

/** A place in a client's file that names an address, and the one that holds its key. */
export interface Pointer {
  readonly url: Path;
  readonly key: Path | null;
}

export interface SettingsFile {
  readonly format: FormatName;
  /** Where it may be, the usual place first. */
  readonly at: (places: Places) => readonly [string, ...string[]];
  /** The keys that are set, and what they shall hold. */
  readonly edits: (fill: Fill) => readonly Edit[];
  /** All places that name an address, whoever has put them there. */
  readonly pointers: (document: unknown) => readonly Pointer[];
}

export interface Snippet {
  readonly id: string;
  readonly title: string;
  readonly text: (fill: Fill) => string;
}

export interface Link {
  readonly id: string;
  readonly title: string;
  readonly url: (fill: Fill) => string;
}

/** One program that can be pointed at Traygate: all that is known of it, as data. */
export interface Client {
  readonly id: ClientId;
  /** What it calls itself in Logs. */
  readonly called: readonly string[];
  /** What its requests say they come from, for a test in its name. */
  readonly agent?: string;
  readonly programs?: readonly string[];
  /** Folders that are there when it is. */
  readonly signs?: (places: Places) => readonly string[];
  readonly file?: SettingsFile;
  readonly launch?: (fill: Fill) => Launch;
  readonly links?: readonly Link[];
  readonly snippets?: readonly Snippet[];
}

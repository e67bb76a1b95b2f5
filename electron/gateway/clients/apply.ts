import { readFileSync } from 'node:fs';
import type { ClientId, UndoResult } from '../../../shared/clients.ts';
import { Refusal } from '../control/dispatch.ts';
import type { Applied, AppliedRecords } from './applied.ts';
import type { Client, SettingsFile } from './catalog/client.ts';
import { type ReadFile, readClientFile, removeClientFile, versionOf, writeClientFile } from './client-file.ts';
import { change, type Edit, NotEditable, parse, pending, reverse, Unparsable } from './edit/change.ts';
import { type Path, read, showPath } from './edit/path.ts';

export interface Planned {
  readonly file: ReadFile;
  readonly after: string;
  /** Those that change something. */
  readonly edits: readonly Edit[];
  /** Values of secret keys, before and after. */
  readonly secrets: readonly string[];
  readonly document: unknown;
}

/** Says what stands in the way of changing a file, for people. */
function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unparsable)
      throw new Refusal('The file is not valid, so nothing was changed. Correct it first.', 'client_file_unparsable');
    if (error instanceof NotEditable)
      throw new Refusal(`${error.message} cannot be changed without touching other lines.`, 'client_file_not_editable');
    throw error;
  }
}

/** What edits would make of a file. Nothing is written. Throws Refusal. */
export function plan(at: string, { format }: SettingsFile, edits: readonly Edit[]): Planned {
  const file = readClientFile(at);
  return told(() => {
    const document = parse(format, file.text);
    const wanted = pending(document, edits);
    const secrets = edits
      .filter(({ secret }) => secret === true)
      .flatMap(({ path, value }) => [value, read(document, path)])
      .filter((value) => typeof value === 'string');
    return { file, after: change(format, file.text, edits), edits: wanted, secrets, document };
  });
}

const valueVersion = (document: unknown, path: Path): string => versionOf(JSON.stringify(read(document, path) ?? null));

/** Applies what was planned, and remembers how to undo it. `ours`: the file has been pointing here already, by whomever. */
export function apply(
  client: ClientId,
  at: string,
  settings: SettingsFile,
  { file, after, edits }: Planned,
  { records, now, ours }: { readonly records: AppliedRecords; readonly now: number; readonly ours: boolean },
): void {
  const before = records.get(client);
  const again = before?.file === at;
  const done = told(() => parse(settings.format, after));
  const paths = new Map([...(again ? before.keys : []), ...edits].map(({ path }) => [showPath(path), path] as const));
  // The backup is of what the user had, never of what Traygate has made of it.
  const backup = again
    ? before.backup
    : file.exists && !ours
      ? records.backUp(client, at, file.mark + file.text, now)
      : null;
  // First, so that there is a way back whatever happens next.
  records.set(client, {
    file: at,
    at: now,
    version: versionOf(after),
    keys: [...paths.values()].map((path) => ({ path: [...path], version: valueVersion(done, path) })),
    backup,
    made: again ? before.made : !file.exists,
    whole: again ? before.whole && versionOf(file.text) === before.version : !ours,
  });
  try {
    writeClientFile(file, after);
  } catch (error) {
    records.set(client, before ?? null);
    throw error;
  }
}

/** Takes back the keys that were changed and no others. Throws Refusal. */
export function undo(client: Client, records: AppliedRecords): UndoResult {
  const applied = records.get(client.id);
  if (!applied || !client.file) throw new Refusal('Nothing was applied to this client.', 'client_not_applied');
  const file = readClientFile(applied.file);
  const result = file.exists
    ? takeBack(client.file, file, applied, records)
    : { restored: 'nothing' as const, kept: [] };
  records.set(client.id, null);
  return result;
}

function takeBack(settings: SettingsFile, file: ReadFile, applied: Applied, records: AppliedRecords): UndoResult {
  const saved = applied.backup === null ? null : readBackup(records.fileOf(applied.backup));
  if (applied.whole && versionOf(file.text) === applied.version) {
    if (saved !== null) writeClientFile({ ...file, mark: '' }, saved);
    else if (applied.made) removeClientFile(file);
    if (saved !== null || applied.made) return { restored: 'whole', kept: [] };
  }
  return told(() => {
    const { format } = settings;
    const now = parse(format, file.text);
    const before = parse(format, (saved ?? '').replace(/^\uFEFF/, ''));
    const [own, kept] = [
      applied.keys.filter((key) => isOurs(now, key)),
      applied.keys.filter((key) => !isOurs(now, key)),
    ];
    const edits = reverse(
      before,
      now,
      own.map(({ path }) => path),
    );
    if (edits.length > 0) writeClientFile(file, change(format, file.text, edits));
    return { restored: edits.length > 0 ? 'keys' : 'nothing', kept: kept.map(({ path }) => showPath(path)) };
  });
}

function readBackup(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Refusal('The backup of this file is gone, so what it held before is not known.', 'client_backup_gone');
  }
}

const isOurs = (document: unknown, { path, version }: Applied['keys'][number]): boolean =>
  valueVersion(document, path) === version;

/** Whether what was applied still stands: somebody may have changed it since, or taken it out. */
export function stateOf(settings: SettingsFile, applied: Applied, document: unknown): 'applied' | 'changed' | 'gone' {
  if (applied.keys.every((key) => isOurs(document, key))) return 'applied';
  return settings.pointers(document).length === 0 ? 'gone' : 'changed';
}

import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { privateFolder } from '../storage/private-files.ts';
import { writeSafely } from '../storage/safe-write.ts';

const step = z.union([z.string(), z.object({ by: z.string(), is: z.string() })]);

/** What was done to a client's file, as far as it takes to undo it. Holds no value: those before are in the backup. */
const Applied = z.object({
  file: z.string(),
  at: z.number(),
  /** Of the text that was written. */
  version: z.string(),
  keys: z.array(z.object({ path: z.array(step), version: z.string() })),
  /** The file as it was before the first change, under this name in the folder of backups; null: there was none worth keeping. */
  backup: z.string().nullable(),
  /** There was no file. */
  made: z.boolean(),
  /** Nobody but Traygate has changed the file since the backup was made, so putting it back loses nothing. */
  whole: z.boolean(),
});
export type Applied = z.infer<typeof Applied>;
const Records = z.record(z.string(), Applied);

export interface Memory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

const recordsKey = 'clients.applied';
const keptBackups = 20;

/** What was applied to which client, and the files as they were before. */
export class AppliedRecords {
  readonly #memory: Memory;
  readonly #folder: string;
  #records: Record<string, Applied> | null = null;

  constructor(memory: Memory, dataDir: string) {
    this.#memory = memory;
    this.#folder = path.join(dataDir, 'client-backups');
  }

  get(client: string): Applied | undefined {
    return this.#all()[client];
  }

  set(client: string, record: Applied | null): void {
    const others = Object.entries(this.#all()).filter(([id]) => id !== client);
    this.#records = Object.fromEntries(record ? [...others, [client, record]] : others);
    this.#memory.set(recordsKey, JSON.stringify(this.#records));
  }

  /** Where a backup lies, for people. */
  fileOf(backup: string): string {
    return path.join(this.#folder, backup);
  }

  /** Keeps a file as it is; gives the name of the copy. */
  backUp(client: string, file: string, text: string, now: number): string {
    privateFolder(this.#folder);
    const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
    const name = `${client}-${stamp}-${path.basename(file).replaceAll(/[^\w.-]/g, '_')}`;
    writeSafely(this.fileOf(name), text);
    this.#prune(client, name);
    return name;
  }

  #prune(client: string, latest: string): void {
    const needed = new Set([latest, ...Object.values(this.#all()).map(({ backup }) => backup)]);
    const own = readdirSync(this.#folder).filter(
      (name) => /^\d{4}-/.test(name.slice(client.length + 1)) && name.startsWith(`${client}-`),
    );
    for (const name of own.toSorted().slice(0, -keptBackups))
      if (!needed.has(name)) rmSync(this.fileOf(name), { force: true });
  }

  #all(): Record<string, Applied> {
    if (this.#records) return this.#records;
    const saved = this.#memory.get(recordsKey);
    const parsed = Records.safeParse(saved === undefined ? {} : JSON.parse(saved));
    return (this.#records = parsed.success ? parsed.data : {});
  }
}

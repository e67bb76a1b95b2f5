import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Logger } from 'pino';
import type { Backup, BackupKind, BackupPreview } from '../../../shared/backup.ts';
import { Refusal } from '../control/dispatch.ts';
import { readSaved, type SavedValues } from '../settings/saved-values.ts';
import { defaults, isSettingPath, type SettingPath } from '../settings/schema.ts';
import type { Settings } from '../settings/settings.ts';
import { inTransaction } from '../storage/database.ts';
import { privateFile } from '../storage/private-files.ts';
import { backupFolder, type BackupFile, listFiles, prune } from './folder.ts';
import { settingsFile } from './recover-settings.ts';
import { contentOf, copySnapshot, readSnapshot, type Snapshot, takeSnapshot } from './snapshot.ts';

export interface BackupsOptions {
  readonly dataDir: string;
  readonly version: string;
  readonly database: DatabaseSync;
  readonly settings: Settings;
  /** The tokens and settings that are saved are others now. */
  readonly replaced: () => void;
  readonly log: Logger;
}

const firstMs = 10_000;
const everyMs = 3_600_000;

type Rows = ReturnType<ReturnType<DatabaseSync['prepare']>['all']>;

/** Backups of tokens, keys and settings: made by themselves when something has changed, and restored on demand. */
export class Backups {
  readonly #options: BackupsOptions;
  #timer: NodeJS.Timeout | null = null;
  #first: NodeJS.Timeout | null = null;

  constructor(options: BackupsOptions) {
    this.#options = options;
  }

  /** Looks now and every hour whether a backup is due. */
  arm(): void {
    if (this.#timer) return;
    this.#first = setTimeout(() => this.automatic(), firstMs).unref();
    this.#timer = setInterval(() => this.automatic(), everyMs).unref();
  }

  /** Makes the backup of the day, unless the newest one says the same. Never throws: it must not hold anything up. */
  automatic(): void {
    try {
      const newest = this.#snapshots().find(({ facts }) => facts.kind === 'automatic' && facts.problem === null);
      if (newest?.content !== contentOf(this.#options.database, this.#settingsText())) this.make('automatic');
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the automatic backup could not be made');
    }
  }

  make(kind: BackupKind): Backup {
    const { dataDir, version } = this.#options;
    const made = takeSnapshot(dataDir, { kind, at: Date.now(), version, settings: this.#settingsText() });
    prune(dataDir);
    return readSnapshot(made).facts;
  }

  list(): Backup[] {
    return this.#snapshots().map(({ facts }) => facts);
  }

  preview(id: string): BackupPreview {
    const { file, snapshot } = this.#find(id);
    return this.#preview(snapshot, this.#tokensOf(file), this.#settingsOf(snapshot));
  }

  /** Makes tokens and settings what they were. Keys and history stay. Throws with nothing changed. */
  restore(id: string): BackupPreview {
    const { database, settings } = this.#options;
    const { file, snapshot } = this.#find(id);
    const rows = this.#tokensOf(file);
    const values = this.#settingsOf(snapshot);
    const done = this.#preview(snapshot, rows, values);
    this.make('safety');
    inTransaction(database, () => {
      database.exec('DELETE FROM tokens');
      for (const row of rows) {
        const names = Object.keys(row);
        database
          .prepare(`INSERT INTO tokens (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
          .run(...Object.values(row));
      }
      // The last step: when it cannot be saved, the tokens stay as well.
      settings.setAll(values);
    });
    this.#options.replaced();
    return done;
  }

  close(): void {
    if (this.#first) clearTimeout(this.#first);
    if (this.#timer) clearInterval(this.#timer);
    this.automatic();
  }

  #snapshots(): Snapshot[] {
    return listFiles(this.#options.dataDir)
      .map((file) => readSnapshot(file))
      .toSorted((a, b) => b.facts.madeAt - a.facts.madeAt);
  }

  #find(id: string): { file: BackupFile; snapshot: Snapshot } {
    const file = listFiles(this.#options.dataDir).find((found) => found.id === id);
    if (!file) throw new Refusal('This backup is no longer there.', 'gone');
    const snapshot = readSnapshot(file);
    if (snapshot.facts.problem === 'newer')
      throw new Refusal('This backup was made by a newer version of Traygate.', 'backup_unusable');
    if (snapshot.facts.problem) throw new Refusal('This backup is damaged.', 'backup_unusable');
    return { file, snapshot };
  }

  #settingsText(): string {
    try {
      return readFileSync(settingsFile(this.#options.dataDir), 'utf8');
    } catch {
      return '{}';
    }
  }

  /** In the form of this version, whichever made the backup. */
  #tokensOf(backup: BackupFile): Rows {
    const temporary = path.join(backupFolder(this.#options.dataDir), 'reading.traygate-new');
    privateFile(temporary);
    try {
      copySnapshot(backup, temporary);
      const database = new DatabaseSync(temporary, { readOnly: true });
      try {
        return database.prepare('SELECT * FROM tokens ORDER BY created_at, rowid').all();
      } finally {
        database.close();
      }
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  /** Every setting: what the backup does not say has its default. */
  #settingsOf({ settings, facts }: Snapshot): Map<SettingPath, unknown> {
    const saved: SavedValues = readSaved(settings, facts.id);
    return new Map(
      Object.keys(defaults)
        .filter(isSettingPath)
        .map((setting) => [setting, saved.values.get(setting) ?? defaults[setting]]),
    );
  }

  #preview({ facts }: Snapshot, rows: Rows, values: ReadonlyMap<SettingPath, unknown>): BackupPreview {
    const now = names(this.#options.database.prepare('SELECT provider, hash FROM tokens').all());
    const then = names(rows);
    return {
      backup: facts,
      returning: [...then].filter((token) => !now.has(token)).length,
      leaving: [...now].filter((token) => !then.has(token)).length,
      settings: this.#options.settings.differing(values),
    };
  }
}

/** Tokens by what makes them the same, wherever they are saved. */
const names = (rows: Rows): Set<string> =>
  new Set(rows.map((row) => `${String(row['provider'])} ${String(row['hash'])}`));

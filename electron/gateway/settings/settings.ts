import { isDeepStrictEqual } from 'node:util';
import type { RefusalReason } from '../../../shared/contract.ts';
import { type SettingsStore, StartError } from '../shell.ts';
import { defaults, isSettingPath, settingSchemas, type SettingPath, type SettingValue } from './schema.ts';

/** A setting fixed from outside, and the name of what fixes it (`LISTEN_PORT`, `--port`). */
export interface Fixed {
  readonly path: SettingPath;
  readonly value: unknown;
  readonly by: string;
}

/** Thrown when the user changes a setting that the environment fixes, or to a value outside its range. */
export class SettingRefused extends Error {
  override readonly name = 'SettingRefused';
  readonly reason: RefusalReason | undefined;

  constructor(message: string, reason?: RefusalReason) {
    super(message);
    this.reason = reason;
  }
}

/**
 * What is in force: default < saved file < environment < command line. Reading is by path and typed; a change is checked,
 * saved and told to the listeners.
 */
export class Settings {
  readonly #store: SettingsStore;
  /** Read once: the store reads its file at every question, and nothing in a request may depend on a file that others edit. */
  readonly #saved = new Map<SettingPath, unknown>();
  readonly #fixed: ReadonlyMap<SettingPath, Fixed>;
  readonly #listeners = new Set<(path: SettingPath) => void>();

  /** Throws StartError `invalid_settings` when the saved file holds a value outside its range. */
  constructor(store: SettingsStore, fixed: readonly Fixed[]) {
    this.#store = store;
    this.#fixed = new Map(fixed.map((entry) => [entry.path, entry]));
    for (const path of Object.keys(settingSchemas).filter(isSettingPath)) {
      const saved = store.get(path);
      if (saved === undefined) continue;
      const parsed = settingSchemas[path].safeParse(saved);
      // As parsed: what a hand-edited file leaves out has its default.
      this.#saved.set(path, parsed.data);
      if (parsed.success) continue;
      throw new StartError(
        'invalid_settings',
        `${store.path}: the value of ${path} is not allowed. Correct it, or delete the line to get the default.`,
        78,
      );
    }
  }

  get<P extends SettingPath>(path: P): SettingValue<P> {
    const value = this.#fixed.get(path)?.value ?? this.#saved.get(path) ?? defaults[path];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked on the way in: fixed values by the environment's table, saved ones by the constructor and `set`
    return value as SettingValue<P>;
  }

  set<P extends SettingPath>(path: P, value: SettingValue<P>): void {
    this.checkFree(path);
    if (!settingSchemas[path].safeParse(value).success)
      throw new SettingRefused(`This value is not allowed for ${path}.`);
    this.#store.set(path, value);
    this.#saved.set(path, value);
    for (const listener of this.#listeners) listener(path);
  }

  /** Those that would have another value. What is fixed from outside never would. */
  differing(values: ReadonlyMap<SettingPath, unknown>): SettingPath[] {
    return [...values]
      .filter(([path, value]) => !this.#fixed.has(path) && !isDeepStrictEqual(value, this.get(path)))
      .map(([path]) => path);
  }

  /** Puts values that have been checked in the place of the saved ones, in one save. Returns what has changed. */
  setAll(values: ReadonlyMap<SettingPath, unknown>): SettingPath[] {
    const changed = this.differing(values);
    if (changed.length === 0) return [];
    this.#store.setAll(Object.fromEntries(changed.map((path) => [path, values.get(path)])));
    for (const path of changed) this.#saved.set(path, values.get(path));
    for (const path of changed) for (const listener of this.#listeners) listener(path);
    return changed;
  }

  /** Throws SettingRefused when it is fixed from outside. */
  checkFree(path: SettingPath): void {
    const fixed = this.#fixed.get(path);
    if (fixed) throw new SettingRefused(`This is set by ${fixed.by} and can only be changed there.`, 'fixed');
  }

  /** Setting path → what fixes it. */
  locked(): Record<string, string> {
    return Object.fromEntries([...this.#fixed.values()].map(({ path, by }) => [path, by]));
  }

  subscribe(listener: (path: SettingPath) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

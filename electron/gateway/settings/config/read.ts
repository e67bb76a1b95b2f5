import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { addableKinds, AddedProvider, isBuiltIn, ProviderId } from '../../../../shared/provider.ts';
import { StartError } from '../../shell.ts';
import type { Environment } from '../environment.ts';
import { isSettingPath, settingSchemas } from '../schema.ts';
import type { Fixed } from '../settings.ts';
import { type ConfigDocument, type ConfigPath, parseConfig } from './document.ts';

/** Tokens and keys that the file brings for one provider. */
export interface ConfigTokens {
  readonly provider: ProviderId;
  readonly secrets: readonly string[];
}

export interface Config {
  /** What the file sets; shown locked in the window, by the file's name. */
  readonly fixed: readonly Fixed[];
  readonly tokens: readonly ConfigTokens[];
  /** Keys that clients may send; the first replaces the generated one. */
  readonly clientKeys: readonly string[];
  readonly file: string;
}

const secrets = z.array(z.string().regex(/^[\x21-\x7e]{1,10000}$/, 'must be printable characters without blanks'));
const record = z.record(z.string(), z.unknown());

/**
 * Reads the file of `--config` (docs/configuration.md). Its sections are the settings by their dotted names, beside
 * `clientKeys` and, below `providers`, tokens and services of the user. Throws StartError `invalid_config` with file, line and
 * column for anything that is not known or not allowed: a misspelt line must not be passed over.
 */
export function readConfig(file: string, environment: Environment): Config {
  const name = path.basename(file);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartError(
      'invalid_config',
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      78,
    );
  }
  const document = parseConfig(file, text, environment);
  const reader = new Reader(document, name);
  reader.root();
  return { fixed: reader.fixed, tokens: reader.tokens, clientKeys: reader.clientKeys, file: name };
}

class Reader {
  readonly fixed: Fixed[] = [];
  readonly tokens: ConfigTokens[] = [];
  readonly #document: ConfigDocument;
  readonly #by: string;
  readonly #added: AddedProvider[] = [];
  clientKeys: readonly string[] = [];

  constructor(document: ConfigDocument, by: string) {
    this.#document = document;
    this.#by = by;
  }

  root(): void {
    for (const [key, value] of this.#entries(this.#document.value ?? {}, [])) {
      if (key === 'clientKeys') this.clientKeys = this.#parse(secrets, value, [key]);
      else if (key === 'providers') this.#providers(value);
      else this.#settings([key], value);
    }
    if (this.#added.length > 0) this.fixed.push({ path: 'providers.added', value: this.#added, by: this.#by });
  }

  /** A value where the path names a setting, otherwise a section of them. */
  #settings(at: readonly string[], value: unknown): void {
    const dotted = at.join('.');
    if (isSettingPath(dotted)) {
      const schema: z.ZodType = settingSchemas[dotted];
      this.fixed.push({ path: dotted, value: this.#parse(schema, value, at), by: this.#by });
      return;
    }
    if (!Object.keys(settingSchemas).some((setting) => setting.startsWith(`${dotted}.`)))
      throw this.#document.error(at, `${dotted} is not a setting.`);
    for (const [key, inner] of this.#entries(value, at)) this.#settings([...at, key], inner);
  }

  #providers(value: unknown): void {
    for (const [id, section] of this.#entries(value, ['providers'])) {
      const at = ['providers', id];
      if (id === 'order') this.#settings(at, section);
      else this.#provider(id, this.#parse(record, section, at), at);
    }
  }

  #provider(id: string, { tokens, keys, ...rest }: Record<string, unknown>, at: readonly string[]): void {
    for (const [name, value] of Object.entries({ tokens, keys }))
      if (value !== undefined) this.tokens.push({ provider: id, secrets: this.#parse(secrets, value, [...at, name]) });
    if (isBuiltIn(id)) {
      for (const [key, value] of Object.entries(rest)) this.#settings([...at, key], value);
      return;
    }
    if (rest['kind'] === undefined)
      throw this.#document.error(
        at,
        `${id} is no provider of Traygate; one of your own needs kind: ${addableKinds.join(' or ')}.`,
      );
    this.#added.push(this.#parse(z.strictObject(AddedProvider.shape), { name: id, ...rest, id }, at));
  }

  #entries(value: unknown, at: readonly string[]): [string, unknown][] {
    return Object.entries(this.#parse(record, value, at));
  }

  #parse<T>(schema: z.ZodType<T>, value: unknown, at: ConfigPath): T {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const inner = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
    const full = [...at, ...inner];
    throw this.#document.error(full, `${full.join('.') || 'the file'}: ${issue?.message ?? 'is not allowed'}.`);
  }
}

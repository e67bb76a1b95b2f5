import { redactedMark } from '../../../../shared/capture.ts';
import { type Secret, secretsIn, withoutSecrets } from '../redact.ts';

/** Headers and fields whose values are secrets wherever they stand. */
const secretNames =
  /^(?:(?:proxy-)?authorization|(?:x-)?api[-_]?key|(?:access|refresh|id|auth|session|client)?[-_]?token|(?:client[-_]?)?secret(?:[-_]?key)?|pass(?:word|wd|phrase)|(?:set-)?cookies?|passport_token_key|x-(?:auth|access|goog-api)[-_](?:token|key)|private[-_]?key)$/i;

const leftOut = (count: number): string => `… [${count} characters left out]`;

/** Takes secrets out of headers, bodies and texts, by what is built in and by the user's own rules. Counts what it takes. */
export class Redaction {
  taken = 0;
  readonly #names: ReadonlySet<string>;
  readonly #paths: readonly (readonly string[])[];

  /** @param rules header and field names, or paths such as `$.metadata.user_id` */
  constructor(rules: readonly string[]) {
    this.#names = new Set(rules.filter((rule) => !rule.startsWith('$')).map((rule) => rule.toLowerCase()));
    this.#paths = rules
      .filter((rule) => rule.startsWith('$'))
      .map((rule) => rule.slice(1).match(/[\w-]+|\*/g) ?? [])
      .filter((steps) => steps.length > 0);
  }

  headers(headers: Readonly<Record<string, number | string | readonly string[] | undefined>>): [string, string][] {
    return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, this.#isSecret(name) ? this.#mark() : this.text(String(value))]],
    );
  }

  text(text: string): string {
    return this.without(text, secretsIn(text));
  }

  /** The same where it is known already what stands in it. */
  without(text: string, secrets: readonly Secret[]): string {
    this.taken += secrets.length;
    return secrets.length === 0 ? text : withoutSecrets(text, secrets);
  }

  /** A JSON value without secrets and with at most about `room` characters in it; `cut` tells whether that was not all. */
  json(value: unknown, room: number): { value: unknown; cut: boolean } {
    const left = { room, cut: false };
    return { value: this.#copy(value, this.#paths, left), cut: left.cut };
  }

  /** Arguments of a call: text that may or may not be JSON. */
  jsonText(text: string): string {
    try {
      const before = this.taken;
      const { value } = this.json(JSON.parse(text), text.length);
      return this.taken === before ? text : JSON.stringify(value);
    } catch {
      return this.text(text);
    }
  }

  /** `paths` are what is left of the user's paths at this place. */
  #copy(value: unknown, paths: readonly (readonly string[])[], left: { room: number; cut: boolean }): unknown {
    if (typeof value === 'string') return this.#string(value, left);
    left.room -= 8;
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const kept: [string, unknown][] = [];
    for (const [name, part] of entries) {
      if (left.room <= 0) {
        left.cut = true;
        break;
      }
      left.room -= name.length;
      const below = paths.flatMap(([step, ...rest]) => (step === '*' || step === name ? [rest] : []));
      const secret = below.some((rest) => rest.length === 0) || (isText(part) && this.#isSecret(name));
      kept.push([name, secret ? this.#mark() : this.#copy(part, below, left)]);
    }
    return Array.isArray(value) ? kept.map(([, part]) => part) : Object.fromEntries(kept);
  }

  #string(text: string, left: { room: number; cut: boolean }): string {
    const part = text.length > left.room ? text.slice(0, Math.max(0, left.room)) : text;
    left.room -= part.length + 4;
    if (part === text) return this.text(text);
    left.cut = true;
    return `${this.text(part)}${leftOut(text.length - part.length)}`;
  }

  #isSecret(name: string): boolean {
    return secretNames.test(name) || this.#names.has(name.toLowerCase());
  }

  #mark(): string {
    this.taken += 1;
    return redactedMark;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

import type { Notice } from '../../../../shared/notice.ts';
import type { ChatEvent } from '../events.ts';
import { fit, type Misfit } from '../json/fit.ts';
import { isCut, writeJson } from '../json/node.ts';
import { readJson } from '../json/read.ts';

/** Brackets in the words before the value; a bound for hostile text. */
const maxTries = 8;

/** The JSON in a whole answer, repaired once and checked against the schema; undefined when there is none. */
export function jsonIn(
  text: string,
  opening: '{' | '[',
  schema: unknown,
): { readonly json: string; readonly problem: Misfit | undefined } | undefined {
  let start = text.indexOf(opening);
  for (let tried = 0; start >= 0 && tried < maxTries; tried++, start = text.indexOf(opening, start + 1)) {
    const read = readJson(text, start);
    if (!read || isCut(read.node)) continue;
    const fitted = fit(read.node, schema);
    const verbatim = !read.repaired && !fitted.changed;
    return { json: verbatim ? text.slice(start, read.end) : writeJson(fitted.node), problem: fitted.problem };
  }
  return undefined;
}

function misfit(problem: Misfit): Notice {
  if (!('property' in problem)) return { code: 'json_mistyped', ...problem };
  const { property, surplus } = problem;
  return { code: surplus ? 'json_surplus' : 'json_missing', property };
}

/** For an answer that is shown as a whole: its text is held until the finish and leaves as valid JSON. */
export class JsonWhole {
  readonly #opening: '{' | '[';
  readonly #schema: unknown;
  readonly #warn: (notice: Notice) => void;
  readonly #text: string[] = [];
  #calls = false;

  constructor(opening: '{' | '[', schema: unknown, warn: (notice: Notice) => void) {
    this.#opening = opening;
    this.#schema = schema;
    this.#warn = warn;
  }

  push(events: readonly ChatEvent[]): ChatEvent[] {
    return events.flatMap((event): ChatEvent[] => {
      if (event.type === 'text') {
        this.#text.push(event.text);
        return [];
      }
      this.#calls ||= event.type === 'tool-call-start';
      if (event.type !== 'finish') return [event];
      const text = this.#checked(this.#text.join(''));
      return text === '' ? [event] : [{ type: 'text', text }, event];
    });
  }

  #checked(text: string): string {
    const found = jsonIn(text, this.#opening, this.#schema);
    if (!found) {
      if (!this.#calls) this.#warn({ code: 'json_not_made' });
      return text;
    }
    if (found.problem) this.#warn(misfit(found.problem));
    return found.json;
  }
}

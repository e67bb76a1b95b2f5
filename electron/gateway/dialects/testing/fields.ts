/**
 * What becomes of each field a dialect defines. A table names all of them (the compiler holds it against the types of the official
 * client), and the check proves what the table says, so that no field is lost without anybody having decided so.
 */
import assert from 'node:assert/strict';
import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent } from '../../chat/events.ts';
import type { Decoded, Dialect } from '../dialect.ts';

/**
 * `kept`: it is in the chat request. `answered`: the answer shows it. `warned`: the exchange says that it was left out.
 * `refused`: a 400 names it. `nothing`: there is nothing to honour here, because `why`.
 */
export type Fate =
  | { readonly fate: 'kept' | 'answered' | 'warned' | 'refused'; readonly value: unknown; readonly beside?: object }
  | { readonly fate: 'nothing'; readonly value: unknown; readonly why: string };

type Decode = Dialect['decode'];
const events: readonly ChatEvent[] = [
  { type: 'reasoning', text: 'Hm' },
  { type: 'text', text: 'Hi' },
  { type: 'usage', usage: { inputTokens: 1, outputTokens: 2 } },
  { type: 'finish', reason: 'stop' },
];

function answerOf(decoded: Decoded): unknown {
  const head = { id: 'abc', model: 'm', created: 1 };
  const collector = decoded.collector(head);
  collector.push(events);
  return [decoded.stream, decoded.encoder(head).push(events), collector.reply()];
}

function refusalOf(decode: Decode, body: object): string | undefined {
  try {
    decode(body);
  } catch (error) {
    assert.ok(error instanceof ChatError, String(error));
    return error.param ?? '';
  }
  return undefined;
}

/** Checks every row: `smallest` is a body that is accepted without any of them. */
export function checkFields(decode: Decode, smallest: object, table: Readonly<Record<string, Fate>>): void {
  for (const [field, row] of Object.entries(table)) {
    const without = { ...smallest, ...('beside' in row && row.beside) };
    const body = { ...without, [field]: row.value };
    if (row.fate === 'refused') {
      assert.ok(refusalOf(decode, body)?.startsWith(field), `${field} is refused by name`);
      continue;
    }
    const [before, after] = [decode(without), decode(body)];
    const differs = (pick: (decoded: Decoded) => unknown): boolean =>
      JSON.stringify(pick(before)) !== JSON.stringify(pick(after));
    const changed = {
      kept: differs(({ request }) => ({ ...request, model: '' })) || differs(({ request }) => request.model),
      warned: differs(({ warnings }) => warnings),
      answered: differs(answerOf),
    };
    const wanted = {
      kept: changed.kept && !changed.warned,
      warned: changed.warned,
      answered: changed.answered && !changed.kept && !changed.warned,
      nothing: !changed.kept && !changed.warned && !changed.answered,
    };
    assert.ok(wanted[row.fate], `${field} is ${row.fate}, not ${JSON.stringify(changed)}`);
  }
}

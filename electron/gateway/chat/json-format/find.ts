import { isBrokenOff } from '../json/complete.ts';
import { fit, type Misfit } from '../json/fit.ts';
import { isCut, type JsonNode, stringNode, writeJson } from '../json/node.ts';
import { type JsonRead, readJson, readWhole } from '../json/read.ts';
import { typesIn } from '../json/schema.ts';

/** Brackets in the words before the value; a bound for hostile text. */
const maxTries = 8;

export interface Found {
  /** Always valid. */
  readonly json: string;
  readonly problem: Misfit | undefined;
}

function found(text: string, start: number, { node, end, repaired }: JsonRead, schema: unknown): Found {
  const fitted = fit(node, schema);
  const verbatim = !repaired && !fitted.changed;
  return { json: verbatim ? text.slice(start, end) : writeJson(fitted.node), problem: fitted.problem };
}

/** Only brackets may be missing, and only where the model ended by itself: it forgot them then. */
const isWhole = (node: JsonNode, complete: boolean): boolean => !isCut(node) || (complete && !isBrokenOff(node));

/** Objects or lists one after the other, whatever stands between them: rather one that fits, and rather strict JSON. */
function bracketed(text: string, brackets: RegExp, schema: unknown, complete: boolean): Found | undefined {
  let best: { readonly found: Found; readonly rank: number } | undefined;
  for (let tried = 0, at = 0; tried < maxTries; tried++) {
    brackets.lastIndex = at;
    const start = brackets.exec(text)?.index;
    if (start === undefined) break;
    const read = readJson(text, start);
    const whole = read && isWhole(read.node, complete);
    at = whole ? read.end : start + 1;
    if (!whole) continue;
    const candidate = found(text, start, read, schema);
    const rank = (candidate.problem ? 2 : 0) + (read.repaired ? 1 : 0);
    if (!best || rank < best.rank) best = { found: candidate, rank };
  }
  return best?.found;
}

/** A single word or number: nothing tells it from words around it, so there may only be a code fence. */
function single(text: string, types: readonly string[], schema: unknown): Found | undefined {
  const bare = text
    .trim()
    .replace(/^```\w{0,20}\n([^]*)\n```$/, '$1')
    .trim();
  const read = readWhole(bare);
  if (read && !isCut(read.node)) return found(bare, 0, read, schema);
  if (bare === '' || !types.includes('string')) return undefined;
  return found(bare, 0, { node: stringNode(bare), end: bare.length, repaired: true }, schema);
}

/** The JSON in an answer, repaired once and checked against the schema; undefined when there is none. */
export function jsonIn(text: string, schema: unknown, complete: boolean): Found | undefined {
  const types = typesIn(schema);
  const object = types.length === 0 || types.includes('object');
  const list = types.includes('array');
  if (!object && !list) return single(text, types, schema);
  return bracketed(text, object && list ? /[{[]/g : object ? /\{/g : /\[/g, schema, complete);
}

import type { Notice } from '../../../../shared/notice.ts';
import { fit, type Misfit } from '../json/fit.ts';
import { isBrokenOff } from '../json/complete.ts';
import { emptyObject, type JsonNode, stringNode, writeJson } from '../json/node.ts';
import { readWhole } from '../json/read.ts';
import { typesIn } from '../json/schema.ts';
import type { Tool } from '../request.ts';

export interface Arguments {
  /** Always valid JSON. */
  readonly json: string;
  readonly warning: Notice | undefined;
}

/** Text that is no JSON at all is the value of the only text the tool takes, if there is one. */
function onlyText(text: string, { parameters }: Tool): JsonNode {
  if (/^[{[]/.test(text)) return stringNode(text);
  const properties = Object.entries(Object(parameters['properties']));
  const [only] = properties;
  return only && properties.length === 1 && typesIn(only[1], parameters).includes('string')
    ? { kind: 'object', entries: [[only[0], stringNode(text)]], cut: false }
    : stringNode(text);
}

function misfit(tool: string, problem: Misfit): Notice {
  if (!('property' in problem)) return { code: 'arguments_mistyped', tool, ...problem };
  const { property, surplus } = problem;
  return { code: surplus ? 'arguments_surplus' : 'arguments_missing', tool, property };
}

/** The arguments of a call as JSON text: kept as written where that is valid, repaired once where it is not. */
export function argumentsFor(tool: Tool, written: JsonNode | undefined): Arguments {
  const text = written?.kind === 'string' ? written.value.trim() : undefined;
  const found = text ? readWhole(text) : undefined;
  const read = found && isBrokenOff(found.node) ? undefined : found;
  const node =
    text === undefined ? (written ?? emptyObject) : text === '' ? emptyObject : (read?.node ?? onlyText(text, tool));
  const given = node.kind === 'null' ? emptyObject : node;
  const fitted = fit(given, { type: 'object', ...tool.parameters }, 'arguments');
  // Wrapping a list or a number into something else would hide the model's mistake.
  const verbatim = text !== undefined && read?.node === given && !read.repaired && !fitted.changed;
  return {
    json: verbatim ? text : writeJson(fitted.node),
    warning: fitted.problem && misfit(tool.name, fitted.problem),
  };
}

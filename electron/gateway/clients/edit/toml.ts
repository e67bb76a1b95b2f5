import { parse } from 'smol-toml';
import { cut, lineEnd } from './layout.ts';
import type { Path, Value } from './path.ts';
import { type Statement, statements } from './toml-statements.ts';

/** TOML: keys of the root and of tables with a header of their own. Anything else (dotted keys, inline tables) is left to the parser to refuse. */

const bare = /^[\w-]+$/;
const name = (key: string): string => (bare.test(key) ? key : JSON.stringify(key));
const keys = (path: Path): string[] => path.map((step) => (typeof step === 'string' ? step : step.is));
const plain = (written: string): string => written.replaceAll(/["'\s]/g, '');

function print(value: Value): string {
  return typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value).replaceAll(',', ', ');
}

interface Table {
  readonly header: Statement | undefined;
  readonly body: readonly Statement[];
}

function table(text: string, path: readonly string[]): Table | undefined {
  const all = statements(text);
  const title = path.map(name).join('.');
  const start =
    path.length === 0 ? -1 : all.findIndex(({ header }) => header !== null && plain(header) === plain(title));
  if (path.length > 0 && start === -1) return undefined;
  const rest = all.slice(start + 1);
  const next = rest.findIndex(({ header }) => header !== null);
  return { header: all[start], body: next === -1 ? rest : rest.slice(0, next) };
}

const find = (body: readonly Statement[], key: string): Statement | undefined =>
  body.find((one) => plain(one.key) === plain(name(key)));

const lineEndAfter = (text: string, at: number): number => {
  const next = text.indexOf('\n', at);
  return next === -1 ? text.length : next + 1;
};

export const toml = {
  parse: (text: string): unknown => parse(text),

  set(text: string, path: Path, value: Value): string {
    const eol = lineEnd(text);
    const all = keys(path);
    const [parents, key] = [all.slice(0, -1), all.at(-1) ?? ''];
    const line = `${name(key)} = ${print(value)}`;
    const place = table(text, parents);
    if (!place) {
      const gap = text === '' || text.endsWith('\n') ? '' : eol;
      return `${text}${gap}${text.trim() === '' ? '' : eol}[${parents.map(name).join('.')}]${eol}${line}${eol}`;
    }
    const found = find(place.body, key);
    if (found) return text.slice(0, found.value) + print(value) + text.slice(found.to);
    const last = place.body.at(-1) ?? place.header;
    if (!last) return `${line}${eol}${text.trim() === '' ? '' : eol}${text}`;
    const at = lineEndAfter(text, last.to);
    const gap = text.slice(0, at).endsWith('\n') ? '' : eol;
    return `${text.slice(0, at)}${gap}${line}${eol}${text.slice(at)}`;
  },

  remove(text: string, path: Path): string {
    const all = keys(path);
    const found = find(table(text, all.slice(0, -1))?.body ?? [], all.at(-1) ?? '');
    if (found) return cut(text, found.from, found.to);
    const title = plain(all.map(name).join('.'));
    const below = statements(text).filter(
      ({ header }) => header !== null && `${plain(header)}.`.startsWith(`${title}.`),
    );
    return below.toReversed().reduce((left, { header }) => removeTable(left, plain(header ?? '')), text);
  },
};

/** A table with its header, and the blank line that set it apart at the end of the file. */
function removeTable(text: string, title: string): string {
  const all = statements(text);
  const start = all.findIndex(({ header }) => header !== null && plain(header) === title);
  const next = all.findIndex(({ header }, at) => at > start && header !== null);
  const own = all.slice(start, next === -1 ? undefined : next);
  const left = own.toReversed().reduce((rest, { from, to }) => cut(rest, from, to), text);
  if (next !== -1 || left.slice(own[0]?.from).trim() !== '') return left;
  return left.trim() === '' ? '' : `${left.trimEnd()}${lineEnd(text)}`;
}

import { type Document, isNode, LineCounter, parseDocument, visit } from 'yaml';
import { StartError } from '../../shell.ts';
import type { Environment } from '../environment.ts';

export type ConfigPath = readonly (string | number)[];

/** A configuration file that has been read: its values, and where each stands. */
export interface ConfigDocument {
  readonly value: unknown;
  /** The error for what stands at a path: file, line and column, then the sentence. */
  error(path: ConfigPath, sentence: string): StartError;
}

/** `${NAME}` is replaced by the variable, `${NAME:-text}` by the text when it is not set; `$${` is a plain `${`. */
const reference = /\$\$\{|\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g;

/**
 * Reads YAML (JSON is YAML too) and puts variables in. Throws StartError `invalid_config` with file, line and column for
 * what cannot be parsed, and for a variable that is not set.
 */
export function parseConfig(file: string, text: string, environment: Environment): ConfigDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true, uniqueKeys: true });
  const fail = (offset: number, sentence: string): StartError => {
    const { line, col } = lines.linePos(offset);
    return new StartError('invalid_config', `${file}:${line}:${col}: ${sentence}`, 78);
  };
  const [problem] = document.errors;
  if (problem) throw fail(problem.pos[0], problem.message);
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string' || !node.value.includes('${')) return;
      node.value = node.value.replaceAll(
        reference,
        (_whole, name: string | undefined, otherwise: string | undefined) => {
          if (name === undefined) return '${';
          const value = environment[name];
          if (value !== undefined && value !== '') return value;
          if (otherwise !== undefined) return otherwise;
          throw fail(node.range?.[0] ?? 0, `the variable ${name} is not set (write \${${name}:-} to allow that).`);
        },
      );
    },
  });
  return {
    value: document.toJS({ maxAliasCount: 100 }) as unknown,
    error: (path, sentence) => fail(offsetOf(document, path), sentence),
  };
}

/** Where the value at a path begins; where there is none, its nearest parent. */
function offsetOf(document: Document, path: ConfigPath): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

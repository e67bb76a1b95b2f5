/** The documents of the repository, taken apart. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '..');

export const documents = ['README.md', 'CHANGELOG.md']
  .concat(globSync(['docs/*.md', '.github/*.md', 'tests/**/README.md', 'electron/**/README.md'], { cwd: root }))
  .map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));

/** A code block with its indentation, marks, language and content. */
const fence = /^( *)(`{3,})(\w*)\n([\s\S]*?)^ *\2$/gm;
export const withoutBlocks = (text: string): string => text.replace(fence, '');
export const withoutCode = (text: string): string => withoutBlocks(text).replace(/`[^`\n]*`/g, '');

export interface Block {
  readonly language: string;
  readonly code: string;
}
export const blocksOf = (text: string): Block[] =>
  [...text.matchAll(fence)].map(([, , , language = '', code = '']) => ({ language, code }));

/** Code inside a line of text. */
export const spansOf = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

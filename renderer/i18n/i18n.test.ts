import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { decisionCodes, Notice } from '../../shared/notice.ts';
import { en } from './en/index.ts';
import { zhCN } from './zh-CN/index.ts';

const renderer = path.join(import.meta.dirname, '..');

function flatten(texts: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts) as [string, string | object][]) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

const english = flatten(en);
const chinese = flatten(zhCN);
const withoutPlural = (key: string): string => key.replace(/_(one|other)$/u, '');
/** The text for tokens that are API keys, which `wordFor` asks for, belongs to the one for all. */
const withoutWord = (key: string): string => key.replace(/_key$/u, '');
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/gu))].toSorted();

test('both languages have the same keys and placeholders', () => {
  assert.deepEqual(new Set([...chinese.keys()].map(withoutPlural)), new Set([...english.keys()].map(withoutPlural)));
  for (const [key, text] of chinese) {
    assert.deepEqual(placeholders(text), placeholders(english.get(key) ?? ''), key);
  }
});

test('no key is left over', () => {
  const source = globSync('**/*.{ts,tsx}', { cwd: renderer, exclude: ['i18n/**'] })
    .map((file) => readFileSync(path.join(renderer, file), 'utf8'))
    .join('\n');
  // `states.${state}` uses every key below states.
  const templates = [...source.matchAll(/`([\w.-]+\.)\$\{[^}]+\}([\w.]*)`/gu)].map(
    ([, before = '', after = '']) =>
      new RegExp(`^${before.replaceAll('.', '\\.')}[\\w-]+${after.replaceAll('.', '\\.')}$`, 'u'),
  );
  const bases = new Set([...english.keys()].map(withoutPlural));
  const named = (key: string) => source.includes(`'${key}'`) || templates.some((pattern) => pattern.test(key));
  const used = (key: string) => named(key) || (bases.has(withoutWord(key)) && named(withoutWord(key)));
  assert.deepEqual(
    [...bases].filter((key) => !used(key)),
    [],
  );
});

test('every error of the gateway has its words', () => {
  const table = readFileSync(path.join(renderer, '../electron/gateway/chat/errors.ts'), 'utf8');
  const codes = [...table.matchAll(/^ {2}(\w+): \{ ?\n? *status:/gmu)].map(([, code = '']) => code);
  assert.ok(codes.length > 30);
  assert.deepEqual(
    codes.filter((code) => !Object.hasOwn(en.errors, code)),
    [],
  );
});

test('every code of Z.AI has its words', () => {
  const table = readFileSync(path.join(renderer, '../electron/gateway/providers/zai-api/errors.ts'), 'utf8');
  const codes = [...table.matchAll(/^ {2}\[\[([\d, ]+)\], '/gmu)].flatMap(([, list = '']) => list.split(', '));
  assert.ok(codes.length > 35);
  assert.deepEqual(new Set(Object.keys(en.zaiCodes)), new Set(codes));
});

test('every notice has a text with its values, every decision a text, in both languages', () => {
  const codes = Notice.options.map(({ shape: { code, ...values } }) => {
    // i18next takes these for its own.
    assert.ok(!('count' in values) && !('context' in values), code.value);
    const names = Object.keys(values).map((name) => `{{${name}}}`);
    for (const texts of [english, chinese])
      assert.deepEqual(placeholders(texts.get(`notices.${code.value}`) ?? ''), names.toSorted(), code.value);
    return code.value;
  });
  for (const texts of [en, zhCN]) {
    assert.deepEqual(new Set(Object.keys(texts.notices)), new Set(codes));
    assert.deepEqual(new Set(Object.keys(texts.decisions)), new Set(decisionCodes));
  }
});

test('what the gateway says by code is Chinese in the Chinese window', () => {
  const said = [...chinese].filter(([key]) =>
    /^(?:notices|decisions|errors|zaiCodes|blame|refusals|verified)\./u.test(key),
  );
  assert.deepEqual(
    said.filter(([key, text]) => !/\p{Script=Han}/u.test(text) && key !== 'blame.gateway'),
    [],
  );
});

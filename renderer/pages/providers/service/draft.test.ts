import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presets } from '../../../../shared/presets.ts';
import { AddedProvider } from '../../../../shared/provider.ts';
import { type Draft, draftFrom, draftOf, keysOf, readDraft } from './draft.ts';

const good: Draft = {
  ...draftOf({ name: 'Router', baseUrl: 'https://router.example/v1' }),
  keys: '# mine\n"sk-one-key", sk-two-key\nsk-one-key',
  headers: 'X-Title: Traygate: local\n\nHTTP-Referer:https://example.com ',
  models: 'deepseek/*\n gpt-4o，gpt-4o\n',
  prefix: ' or/ ',
};

describe('a draft', () => {
  it('becomes what is saved', () => {
    const { wanted, problems } = readDraft(good);
    assert.deepEqual(problems, {});
    assert.deepEqual(wanted, {
      kind: 'openai-compatible',
      name: 'Router',
      baseUrl: 'https://router.example/v1',
      keyless: false,
      headers: { 'X-Title': 'Traygate: local', 'HTTP-Referer': 'https://example.com' },
      models: ['deepseek/*', 'gpt-4o'],
      prefix: 'or/',
    });
    AddedProvider.parse({ ...wanted, id: 'router' });
    assert.deepEqual(keysOf(good), ['sk-one-key', 'sk-two-key']);
    assert.deepEqual(keysOf({ ...good, keyless: true }), []);
  });

  it('is what was saved when it is edited', () => {
    const saved = AddedProvider.parse({ ...readDraft(good).wanted, id: 'router' });
    assert.deepEqual(readDraft(draftFrom(saved)), { wanted: readDraft(good).wanted, problems: {} });
  });

  for (const [name, change, problem] of [
    ['without a name', { name: ' ' }, { name: { kind: 'name' } }],
    ['with a long name', { name: 'x'.repeat(61) }, { name: { kind: 'name' } }],
    ['without an address', { baseUrl: '' }, { baseUrl: { kind: 'baseUrl' } }],
    ['with half an address', { baseUrl: 'router' }, { baseUrl: { kind: 'malformed' } }],
    ['with comments for keys', { keys: '# none' }, { keys: { kind: 'notKeys' } }],
    ['with a header without a value', { headers: 'A: b\nno header' }, { headers: { kind: 'header', line: 2 } }],
    ['with a header named in Chinese', { headers: '名称: b' }, { headers: { kind: 'header', line: 1 } }],
    ['with a model too long', { models: 'm'.repeat(201) }, { models: { kind: 'models' } }],
  ] as const) {
    it(`${name} is not saved`, () => assert.deepEqual(readDraft({ ...good, ...change }).problems, problem));
  }

  it('of every preset may be saved as it is', () => {
    for (const preset of presets) assert.deepEqual(readDraft(draftOf(preset)).problems, {}, preset.id);
  });
});

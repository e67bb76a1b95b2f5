import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { change, type Edit, NotEditable, parse, reverse, Unparsable } from './change.ts';
import type { FormatName } from './format.ts';
import type { Path } from './path.ts';

const set = (path: string, value: Edit['value']): Edit => ({ path: path.split('.'), value });
const item = (key: string, value: Edit['value']): Edit => ({
  path: ['models', { by: 'name', is: 'Traygate' }, key],
  value,
});

interface Case {
  readonly name: string;
  readonly format: FormatName;
  readonly before: string;
  readonly edits: readonly Edit[];
  readonly after: string;
}

const cases: readonly Case[] = [
  {
    name: 'no file',
    format: 'json',
    before: '',
    edits: [set('env.A', '1')],
    after: '{\n  "env": {\n    "A": "1"\n  }\n}\n',
  },
  {
    name: 'a new object goes first, so that no other line changes',
    format: 'json',
    before: '{\n  // mine\n  "theme": "dark", // keep\n  "list": [1, 2],\n}\n',
    edits: [set('env.A', '1'), set('env.B', '2')],
    after:
      '{\n  "env": {\n    "A": "1",\n    "B": "2"\n  },\n  // mine\n  "theme": "dark", // keep\n  "list": [1, 2],\n}\n',
  },
  {
    name: 'a value is replaced where it stands',
    format: 'json',
    before: '{\n\t"env": { "A": "old" /* why */, "Z": 1 },\n\t"b": null\n}',
    edits: [set('env.A', 'new')],
    after: '{\n\t"env": { "A": "new" /* why */, "Z": 1 },\n\t"b": null\n}',
  },
  {
    name: 'an object on one line stays on one line',
    format: 'json',
    before: '{"a":1}',
    edits: [set('b', 'x')],
    after: '{"b": "x", "a":1}',
  },
  {
    name: 'a comment behind the bracket stays there',
    format: 'json',
    before: '{ // settings\r\n    "a": 1\r\n}\r\n',
    edits: [set('b', 'x')],
    after: '{ // settings\r\n    "b": "x",\r\n    "a": 1\r\n}\r\n',
  },
  {
    name: 'a key is taken out with its comma',
    format: 'json',
    before: '{\n  "a": 1, // one\n  "b": 2\n}\n',
    edits: [set('b', null)],
    after: '{\n  "a": 1 // one\n}\n',
  },
  {
    name: 'an item of a list is added at its end',
    format: 'json',
    before: '{\n  "models": [\n    { "name": "x" } // last\n  ]\n}\n',
    edits: [item('url', 'u')],
    after:
      '{\n  "models": [\n    { "name": "x" }, // last\n    {\n      "name": "Traygate",\n      "url": "u"\n    }\n  ]\n}\n',
  },
  {
    name: 'keys before tables, a table at the end',
    format: 'toml',
    before: '# Codex\nmodel = "old" # why\n\n[tui] # look\ntheme = "a"\ntext = """\nmodel = "no"\n"""\n',
    edits: [
      set('model', 'GLM-4.6'),
      set('model_provider', 'traygate'),
      set('model_providers.traygate.name', 'Traygate'),
    ],
    after:
      '# Codex\nmodel = "GLM-4.6" # why\nmodel_provider = "traygate"\n\n[tui] # look\ntheme = "a"\ntext = """\nmodel = "no"\n"""\n\n[model_providers.traygate]\nname = "Traygate"\n',
  },
  {
    name: 'a key of a table that is there',
    format: 'toml',
    before: '[model_providers."traygate"]\nname = "x" # me\n# after\n[z]\n',
    edits: [set('model_providers.traygate.base_url', 'u')],
    after: '[model_providers."traygate"]\nname = "x" # me\nbase_url = "u"\n# after\n[z]\n',
  },
  {
    name: 'keys of the document',
    format: 'yaml',
    before: '# aider\nmodel: old # why\ndark-mode:   true\n',
    edits: [set('model', 'openai/GLM-4.6'), set('openai-api-key', 'sk-local-x')],
    after: '# aider\nmodel: openai/GLM-4.6 # why\ndark-mode:   true\nopenai-api-key: sk-local-x\n',
  },
  {
    name: 'an item of a list, in the indentation of the others',
    format: 'yaml',
    before: 'name: Mine\nmodels:\n- name: A # first\n  roles: [chat]\n  # end of A\ncontext: []\n',
    edits: [item('provider', 'openai'), item('apiBase', 'http://127.0.0.1:8080/v1')],
    after:
      'name: Mine\nmodels:\n- name: A # first\n  roles: [chat]\n- name: Traygate\n  provider: openai\n  apiBase: "http://127.0.0.1:8080/v1"\n  # end of A\ncontext: []\n',
  },
  {
    name: 'an empty list',
    format: 'yaml',
    before: 'models: [] # none\nrules: []\n',
    edits: [item('provider', 'openai')],
    after: 'models: # none\n  - name: Traygate\n    provider: openai\nrules: []\n',
  },
];

for (const { name, format, before, edits, after } of cases) {
  test(`${format}: ${name}`, () => {
    assert.equal(change(format, before, edits), after);
    // A second time there is nothing left to do.
    assert.equal(change(format, after, edits), after);
  });
}

/** Only the keys are taken back; in all of these that is the file as it was. */
for (const { name, format, before, edits, after } of cases.filter(
  (one) => !/no file|comma|empty list/.test(one.name),
)) {
  test(`${format}: ${name}: taken back`, () => {
    const back = reverse(
      parse(format, before),
      parse(format, after),
      edits.map(({ path }) => path),
    );
    assert.equal(change(format, after, back), before);
  });
}

test('what does not parse is refused, and so is what cannot be changed alone', () => {
  for (const [format, text] of [
    ['json', '{ "a": }'],
    ['json', '[1]'],
    ['toml', 'a = '],
    ['yaml', 'a: b: c'],
  ] as const)
    assert.throws(() => change(format, text, [set('x', '1')]), Unparsable, text);
  for (const [format, text, path] of [
    ['json', '{ "a": "text" }', 'a.b'],
    ['json', '{ "a": 1, "a": 2 }', 'a'],
    ['toml', 'model_providers = { x = { name = "y" } }', 'model_providers.traygate.name'],
    ['yaml', 'a: &x {b: 1}\nc: *x\n', 'c.d'],
  ] as const)
    assert.throws(() => change(format, text, [set(path, '9')]), NotEditable, text);
});

const key = fc.constantFrom('env', 'A', 'B', 'theme', '$schema', 'a b', 'ключ', 'x"y', 'Traygate');
const space = fc.constantFrom('', ' ', '\n', '\n\n  ', '\t', ' // note, "x": 1\n', '/* { */ ', '\r\n  ');
const leaf = fc.constantFrom(
  '1',
  '"text // no comment"',
  'null',
  'true',
  '"}"',
  '-0.5e3',
  '[]',
  '{}',
  '[1, "2", {"q": 3}]',
);

/** Objects as people write them: any spacing, comments and trailing commas. */
const { jsonc } = fc.letrec<{ jsonc: string }>((tie) => ({
  jsonc: fc
    .record({
      members: fc.uniqueArray(
        fc.record({
          key,
          value: fc.oneof({ maxDepth: 3 }, leaf, tie('jsonc')),
          spaces: fc.array(space, { minLength: 4, maxLength: 4 }),
        }),
        { selector: (member) => member.key, maxLength: 4 },
      ),
      inner: space,
      trailing: fc.boolean(),
    })
    .map(({ members, inner, trailing }) => {
      const written = members.map(
        ({ key: name, value, spaces: [a, b, c, d] }) => `${a}${JSON.stringify(name)}${b}:${c}${value}${d}`,
      );
      return `{${written.join(',')}${trailing && members.length > 0 ? ',' : ''}${inner}}`;
    }),
}));

/** Everything outside the keys: comments are kept, each once. */
const comments = (text: string): string[] => (text.match(/\/\/ note|\/\* \{ \*\//g) ?? []).toSorted();

test('any JSONC: exactly the keys change, comments stay, and taken back it means the same', () => {
  const path = fc.array(key, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(jsonc, fc.array(path, { minLength: 1, maxLength: 4 }), (text, paths) => {
      const edits: Edit[] = paths.map((steps) => ({ path: steps, value: 'sk-local-new' }));
      let after: string;
      try {
        after = change('json', text, edits);
      } catch (error) {
        // A value stands where an object would have to, or one path leads through another's value.
        assert.ok(error instanceof NotEditable);
        return;
      }
      assert.deepEqual(comments(after), comments(text));
      const before = parse('json', text);
      let back: Edit[];
      try {
        back = reverse(
          before,
          parse('json', after),
          edits.map((edit): Path => edit.path),
        );
      } catch (error) {
        assert.ok(error instanceof NotEditable);
        return;
      }
      const restored = change('json', after, back);
      assert.deepEqual(parse('json', restored), before);
      assert.deepEqual(comments(restored), comments(text));
    }),
    { numRuns: 500 },
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fixture from '../tests/fixtures/token-file.json' with { type: 'json' };
import { growth, linear } from '../tests/growth.ts';
import { looksLikeToken, pasteOf, readPaste, splitPasted } from './paste.ts';

const values = (text: string) => splitPasted(text).map(({ value }) => value);
const found = (text: string) => readPaste(text).items.map(({ place, name, host, value }) => [place, name, host, value]);
const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJpZCI6IjEifQ.c2ln';

test('splits at newlines, commas of both widths, semicolons and white space', () => {
  assert.deepEqual(values('a\nb,c，d;e；f g\th\u3000i\r\nj'), ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']);
});

test('keeps the line each value stood on', () => {
  assert.deepEqual(
    readPaste('one\n\n# comment\ntwo, three').items.map(({ line, value }) => [line, value]),
    [
      [1, 'one'],
      [4, 'two'],
      [4, 'three'],
    ],
  );
});

test('takes off a byte order mark, quotes, brackets, Bearer and token=', () => {
  assert.deepEqual(values('\uFEFF"abc"'), ['abc']);
  assert.deepEqual(values('Authorization: Bearer abc'), ['abc']);
  assert.deepEqual(values("bearer 'abc'"), ['abc']);
  assert.deepEqual(values('token=abc; Token="def"'), ['abc', 'def']);
  assert.deepEqual(values('["abc", “def”]'), ['abc', 'def']);
  assert.deepEqual(values('{"token": "abc"}'), ['abc']);
  assert.deepEqual(values('{"token":"abc"}'), ['abc']);
  assert.deepEqual(values('passport_token_key=abc'), ['abc']);
});

test('ignores comment lines even when indented, and separators alone', () => {
  assert.deepEqual(values('  # eyJhbGciOiJIUzI1NiJ9\n,,;;\n""\n'), []);
});

test('does not touch the inside of a value', () => {
  assert.deepEqual(values('bearerish-token=x'), ['bearerish-token=x']);
  assert.deepEqual(values('eyJh.eyJz=='), ['eyJh.eyJz==']);
  assert.deepEqual(values('eyJh.eyJz==;eyJh.eyJy=='), ['eyJh.eyJz==', 'eyJh.eyJy==']);
});

// What both take for one list; the file knows no blanks within a line and no comments after a value.
for (const { name, file, deduplicated } of fixture.cases.filter((entry) => entry.file !== null)) {
  test(`a paste is read as a token file is: ${name}`, () =>
    assert.deepEqual(
      [...new Set(values(file ?? ''))],
      deduplicated.map((token) => token.replace('\uFEFF', '')),
    ));
}

const places: readonly (readonly [what: string, text: string, expected: readonly unknown[]])[] = [
  [
    'a cookie header: the cookie that is a token, and no other',
    'Cookie: _lxsdk_cuid=18f; passport_token_key=AgE%2Bx; theme=dark',
    [['cookie', 'passport_token_key', null, 'AgE+x']],
  ],
  ['cookies without the header’s name', `a=1; token=${jwt}; b=2`, [['cookie', 'token', null, jwt]]],
  ['cookies without a token', 'a=1; b=2', [['cookie', null, null, '']]],
  [
    'headers as a browser copies them: they say whose they are',
    `:authority: chat.z.ai\nAccept: */*\nAuthorization: Bearer ${jwt}\nUser-Agent: x`,
    [['header', 'authorization', 'chat.z.ai', jwt]],
  ],
  [
    'cURL for bash',
    `curl 'https://chat.z.ai/api/v1/auths/' \\\n  -H 'accept: */*' \\\n  -H 'authorization: Bearer ${jwt}' \\\n  -b 'a=1; token=${jwt}'`,
    [['header', 'authorization', 'chat.z.ai', jwt]],
  ],
  [
    'cURL for cmd',
    `curl ^"https://longcat.chat/api/v1/user-current^" ^\n  -H ^"accept: */*^" ^\n  -b ^"_lx=1; passport_token_key=AgE-x^"`,
    [['cookie', 'passport_token_key', 'longcat.chat', 'AgE-x']],
  ],
  [
    'fetch',
    `fetch("https://www.k2think.ai/api/v1/models", {\n  "headers": {\n    "accept": "*/*",\n    "authorization": "Bearer ${jwt}"\n  },\n  "method": "GET"\n});`,
    [['header', 'authorization', 'www.k2think.ai', jwt]],
  ],
  [
    'PowerShell',
    `$session.Cookies.Add((New-Object System.Net.Cookie("token", "${jwt}", "/", "chat.z.ai")))`,
    [['cookie', 'token', null, jwt]],
  ],
  ['an address after a sign-in', `https://chat.z.ai/auth#token=${jwt}`, [['address', 'token', 'chat.z.ai', jwt]]],
  ['an address before a token', `https://chat.z.ai ${jwt}`, [['list', null, 'chat.z.ai', jwt]]],
  [
    'variables, one with several',
    'export LONGCAT_TOKEN="abc"\nAUTH_TOKENS=a,b\nDEBUG=true',
    [
      ['variable', 'longcat_token', null, 'abc'],
      ['variable', 'auth_tokens', null, 'a'],
      ['variable', 'auth_tokens', null, 'b'],
      ['list', null, null, 'DEBUG=true'],
    ],
  ],
  [
    'cookies.txt',
    `# Netscape HTTP Cookie File\n.z.ai\tTRUE\t/\tTRUE\t0\ttheme\tdark\n#HttpOnly_.chat.z.ai\tTRUE\t/\tTRUE\t0\ttoken\t${jwt}`,
    [['cookie', 'token', 'chat.z.ai', jwt]],
  ],
  ['a file of the Python server', '{"email":"a@b.c","token":"abc"}', [['field', 'token', null, 'abc']]],
  [
    'lines of JSON',
    '{"token":"a"}\n{"token":"b"}',
    [
      ['field', 'token', null, 'a'],
      ['field', 'token', null, 'b'],
    ],
  ],
  [
    'cookies as extensions export them',
    JSON.stringify([
      { domain: '.longcat.chat', name: 'passport_token_key', value: 'AgE' },
      { domain: '.longcat.chat', name: '_lx', value: '1' },
    ]),
    [['field', 'passport_token_key', 'longcat.chat', 'AgE']],
  ],
  [
    'a browser’s storage',
    JSON.stringify({
      origins: [
        {
          origin: 'https://chat.z.ai',
          localStorage: [
            { name: 'token', value: jwt },
            { name: 'theme', value: 'x' },
          ],
        },
      ],
    }),
    [['field', 'token', 'chat.z.ai', jwt]],
  ],
  [
    'lists in JSON',
    '{"tokens":["a","b"],"tags":["c"]}',
    [
      ['field', 'token', null, 'a'],
      ['field', 'token', null, 'b'],
    ],
  ],
  ['e-mail and password', '[{"email":"a@b.c","password":"p"}]', [['field', 'password', null, 'a@b.c:p']]],
];
for (const [what, text, expected] of places) test(what, () => assert.deepEqual(found(text), expected));

const entry = (url: string, request: object, response: object = {}) => ({ request: { url, ...request }, response });
const har = (...entries: object[]) => JSON.stringify({ log: { entries } });
const pair = (name: string, value: string) => ({ name, value });

test('a recording of the network tab: what was sent where, each once', () => {
  const signedIn = entry('https://chat.z.ai/api/chats', {
    headers: [pair('Authorization', `Bearer ${jwt}`), pair('Cookie', `a=1; token=${jwt}`)],
  });
  const text = har(
    signedIn,
    signedIn,
    entry('https://longcat.chat/api', { cookies: [pair('passport_token_key', 'AgE'), pair('_lx', '1')] }),
  );
  assert.deepEqual(found(text), [
    ['header', 'authorization', 'chat.z.ai', jwt],
    ['cookie', 'passport_token_key', 'longcat.chat', 'AgE'],
  ]);
  assert.equal(pasteOf(text), `https://chat.z.ai ${jwt}\nhttps://longcat.chat AgE`);
  assert.deepEqual(
    found(pasteOf(text)).map(([, , host, value]) => [host, value]),
    [
      ['chat.z.ai', jwt],
      ['longcat.chat', 'AgE'],
    ],
  );
});

test('a recording without sensitive data: queries and short answers may still name a token', () => {
  const content = {
    mimeType: 'application/json',
    text: JSON.stringify({ id: '1', token: jwt, other: 'x'.repeat(30) }),
  };
  assert.deepEqual(found(har(entry('https://chat.z.ai/api/v1/auths/', {}, { content }))), [
    ['field', 'token', 'chat.z.ai', jwt],
  ]);
  assert.deepEqual(found(har(entry('https://chat.z.ai/x', { queryString: [pair('token', jwt), pair('v', '1')] }))), [
    ['address', 'token', 'chat.z.ai', jwt],
  ]);
  assert.equal(pasteOf(har(entry('https://chat.z.ai/', {}))), '');
});

test('a file that is no recording is pasted as it is', () => assert.equal(pasteOf('a\nb'), 'a\nb'));

test('shapes that nobody expects are no tokens, and no faults', () => {
  for (const text of [
    '{"log":{"entries":[null,1,{"request":null},{"request":{"headers":{}}}]}}',
    '[null,1,{"cookie":"a"}]',
    '"',
    '{',
    'null',
    '[[[[]]]]',
  ])
    assert.doesNotThrow(() => readPaste(text), text);
});

test('stays linear on hostile text', () => {
  const pieces = [
    '"',
    'token=',
    'x"',
    'a,',
    'bearer ',
    '#\n',
    'curl \\\n',
    'http://',
    'a=1;',
    'A_KEY=',
    '{"a":',
    'Cookie: ',
    '%',
    '^"',
    '\t',
  ];
  for (const piece of pieces)
    assert.ok(growth((count) => void readPaste(piece.repeat(count)), 120_000) < linear, piece);
  const deep = (count: number) => readPaste(`${'['.repeat(count)}"a"${']'.repeat(count)}`);
  assert.ok(growth((count) => void deep(count), 20_000) < linear, 'nested');
  const recording = (count: number) =>
    har(
      ...Array.from({ length: count }, (_, at) =>
        entry(`https://a.b/${at}`, { headers: [pair('authorization', `t${at}`)] }),
      ),
    );
  const texts = new Map([2_000, 4_000, 8_000, 16_000, 32_000].map((count) => [count, recording(count)]));
  assert.ok(growth((count) => void readPaste(texts.get(count) ?? recording(count)), 2_000) < linear, 'recording');
});

test('more than is looked at is said, and cut', () => {
  const { items, cut } = readPaste('abc\n'.repeat(30_000));
  assert.deepEqual([items.length, cut], [20_000, true]);
});

test('a token has at least 20 printable characters and no spaces', () => {
  assert.ok(looksLikeToken('a'.repeat(20)));
  assert.ok(!looksLikeToken('a'.repeat(19)));
  assert.ok(!looksLikeToken(`${'a'.repeat(20)} b`));
  assert.ok(!looksLikeToken('令'.repeat(20)));
});

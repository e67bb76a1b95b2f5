import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { exampleCaptured, exampleExchange } from '../example-exchange.ts';
import { exportText } from './formats.ts';
import { asCurl, asNode, asPython } from './snippets.ts';

const context = { version: '1.0.0', baseUrl: 'http://127.0.0.1:8080' };
const nasty = `it's "quoted" $HOME \`x\` \\n \u2028 ünï 汉字\nnext`;
const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: nasty }] });
const request = { baseUrl: context.baseUrl, dialect: 'openai-chat', body, key: null } as const;

test('a shell gives curl exactly the request, with the key of the environment', () => {
  const script = asCurl(request).replace(/^curl/, 'printf "%s\\0"');
  const given = execFileSync('sh', ['-c', script], { env: { ...process.env, API_KEY: 'k-1' }, encoding: 'utf8' });
  const args = given.split('\0');
  assert.equal(args[0], 'http://127.0.0.1:8080/v1/chat/completions');
  assert.ok(args.includes('authorization: Bearer k-1'));
  assert.deepEqual(JSON.parse(args[args.indexOf('--data-raw') + 1] ?? ''), JSON.parse(body));
  assert.ok(!asCurl(request).includes('sk-'));
  assert.match(asCurl({ ...request, key: 'sk-local-1' }), /Bearer sk-local-1/);
});

test('Messages are asked with their own headers', () => {
  const curl = asCurl({ ...request, dialect: 'anthropic-messages' });
  assert.match(curl, /v1\/messages[\s\S]*x-api-key: \$API_KEY[\s\S]*anthropic-version/);
});

test('Node runs what is copied for it, and the body arrives as it was', () => {
  const script = `globalThis.fetch = async (url, options) => {
    console.log(JSON.stringify({ url, key: options.headers.authorization, body: JSON.parse(options.body) }));
    return { body: [] };
  };\n${asNode(request)}`;
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, API_KEY: 'k-1' },
    encoding: 'utf8',
  });
  assert.deepEqual(JSON.parse(told), {
    url: 'http://127.0.0.1:8080/v1/chat/completions',
    key: 'Bearer k-1',
    body: JSON.parse(body),
  });
});

test('Python gets the body as one text that JSON reads', () => {
  const [, text = ''] = /json\.loads\((".*")\)/.exec(asPython(request)) ?? [];
  assert.deepEqual(JSON.parse(JSON.parse(text)), JSON.parse(body));
  assert.match(asPython(request), /os\.environ\["API_KEY"\]/);
});

test('CSV has a line for each, and no formula', () => {
  const rows = [
    { exchange: exampleExchange({ model: '=cmd()', client: 'a "b", c\nd' }), captured: null },
    { exchange: exampleExchange({ id: 'req-2' }), captured: exampleCaptured() },
  ];
  const csv = exportText('csv', rows, context);
  assert.equal(csv.split('\r\n').length, 4);
  assert.match(csv, /^id,time,outcome,status,/);
  assert.ok(csv.includes(`,'=cmd(),`) && csv.includes('"a ""b"", c\nd"'));
});

test('JSONL and HAR hold bodies only where they are handed over', () => {
  const exchange = exampleExchange();
  const full = [{ exchange, captured: exampleCaptured() }];
  const bare = [{ exchange, captured: null }];
  for (const format of ['jsonl', 'har'] as const) {
    assert.ok(exportText(format, full, context).includes('What is asked'));
    assert.ok(!exportText(format, bare, context).includes('What is asked'));
  }
  const { log } = JSON.parse(exportText('har', full, context));
  const [entry] = log.entries;
  const { blocked, send, wait, receive } = entry.timings;
  assert.equal(log.version, '1.2');
  assert.equal(entry.request.postData.mimeType, 'application/json');
  assert.equal(blocked + send + wait + receive, entry.time);
  assert.equal(JSON.parse(exportText('jsonl', full, context)).id, exchange.id);
});

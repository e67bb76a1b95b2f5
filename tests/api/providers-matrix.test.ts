/**
 * Every provider behind every dialect, streamed and whole: one gateway, all upstreams simulated. What a client gets must not
 * depend on who answers, nor on the words it asks in. A row of `matrix/` says what a provider can; the cells follow from it.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import type { Blame } from '../../shared/blame.ts';
import { builtIns } from '../../shared/provider.ts';
import { Token } from '../../shared/token.ts';
import type { Reply } from './http.ts';
import { addedRows } from './matrix/added.ts';
import { k2thinkRows } from './matrix/k2think.ts';
import { longcatRows } from './matrix/longcat.ts';
import { type Part, type Row, said, thought, type Upstream } from './matrix/row.ts';
import { type Heard, type Tongue, toolName, tongues, type Wish } from './matrix/tongues.ts';
import { zaiRows } from './matrix/zai.ts';
import { Product } from './product.ts';

const rows: readonly Row[] = [...zaiRows, ...k2thinkRows, ...longcatRows, ...addedRows];

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-matrix-'));
const upstreams = new Map<string, Upstream>();
let product: Product;

before(async () => {
  const started = await Promise.all(rows.map(async (row) => [row.id, await row.start()] as const));
  for (const [id, upstream] of started) upstreams.set(id, upstream);
  const services = started.flatMap(([id, { service }]) => (service ? [[id, service] as const] : []));
  const file = path.join(folder, 'traygate.json');
  writeFileSync(file, JSON.stringify({ providers: Object.fromEntries(services) }));
  const environment = Object.assign({}, ...started.map(([, upstream]) => upstream.environment)) as Record<
    string,
    string
  >;
  product = await Product.start({ ...environment, TRAYGATE_CONFIG: file });
  await product.call('provider.guestMode', { provider: 'k2think', enabled: false });
  await Promise.all(
    rows.map(async ({ id }) => {
      await renew(id);
      await product.call('provider.refreshModels', { provider: id });
    }),
  );
});
after(async () => {
  await (product as Product | undefined)?.stop();
  await Promise.all([...upstreams.values()].map((upstream) => upstream.close()));
  rmSync(folder, { recursive: true });
});

const upstreamOf = ({ id }: Row): Upstream => upstreams.get(id) ?? assert.fail(id);
const tokens = async (provider: string): Promise<Token[]> =>
  z.array(Token).parse(await product.call('tokens.list', { provider }));

/** One token that nothing is known of. */
async function renew(provider: string): Promise<void> {
  const ids = (await tokens(provider)).map(({ id }) => id);
  if (ids.length > 0) await product.call('tokens.remove', { ids });
  const text = upstreams.get(provider)?.secret();
  await product.call('tokens.add', { provider, text, check: false });
}

const rowOf = ({ headers }: Reply) => product.row(String(headers['x-request-id']));

/** Asks both ways; the answers must be the same, and no attempt may have failed on the way to them. */
async function heard(row: Row, tongue: Tongue, body: object, model = row.model): Promise<Heard> {
  const both: Heard[] = [];
  for (const stream of [false, true]) {
    await renew(row.id);
    const reply = await product.ask(tongue.path, { model, stream, ...body });
    both.push(await tongue.hear(reply, stream, row.handsOn.includes(tongue.name)));
    const { outcome, attempts, provider } = await rowOf(reply);
    assert.deepEqual([outcome, attempts.length, provider], ['ok', 1, row.id]);
  }
  const [whole, streamed] = both;
  assert.ok(whole && streamed);
  const same = ({ text, reasoning, calls, end, sources }: Heard) => {
    return { text, reasoning, end, sources, calls: calls.map((made) => [made.name, made.arguments]) };
  };
  assert.deepEqual(same(streamed), same(whole));
  return whole;
}

const ask = (row: Row, tongue: Tongue, wish: Partial<Wish> = {}, model = row.model): Promise<Heard> =>
  heard(row, tongue, tongue.ask({ text: 'Tell me of the gates.', ...wish }), model);

const call = { name: toolName, arguments: { city: 'Paris "centre"' } };
const image = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString('base64');

function answers(row: Row, tongue: Tongue): void {
  const play = (part: Part): void => upstreamOf(row).play(part);

  test('plain', async () => {
    play({ text: said });
    const { text, end, calls } = await ask(row, tongue);
    assert.deepEqual([text, end, calls], [said, 'stop', []]);
  });

  test('thinking', async () => {
    play({ text: said });
    const { text, reasoning, end } = await ask(row, tongue, { thinking: true });
    // Where reasoning stands in the text, the line break before its end tag is a part of it.
    assert.deepEqual([text, reasoning.trimEnd(), end], [said, thought, 'stop']);
  });

  test(`tools, ${row.tools}, and their results`, async () => {
    play({ text: 'Let me look.', call });
    const asked = tongue.ask({ text: 'How is the weather?', tools: true });
    const first = await heard(row, tongue, asked);
    assert.deepEqual([first.text.trimEnd(), first.end], ['Let me look.', 'tool-calls']);
    assert.deepEqual(first.calls, [{ id: first.calls[0]?.id, ...call }]);
    const told = z.looseObject({ tools: z.unknown() }).partial().parse(upstreamOf(row).bodies().at(-1));
    const inFields = JSON.stringify(told.tools ?? []).includes(toolName);
    assert.deepEqual([inFields, JSON.stringify(told).includes(toolName)], [row.tools === 'native', true]);

    play({ text: said });
    const second = await heard(row, tongue, tongue.goOn(asked, first, '12 °C, rain'));
    assert.deepEqual([second.text, second.end, second.calls], [said, 'stop', []]);
    const body = JSON.stringify(upstreamOf(row).bodies().at(-1));
    assert.ok(body.includes('12 °C, rain') && body.includes('Paris') && body.includes('Let me look.'), body);
  });

  const { search, vision } = row;
  if (search) {
    test('search', async () => {
      play({ text: said });
      const found = await ask(row, tongue, { search: !search.unasked }, search.model);
      assert.deepEqual([found.text, found.end], [search.text, 'stop']);
      if (tongue.name !== 'anthropic-messages') assert.match(found.sources[0] ?? '', /^https:\/\/example\.com\//);
    });
  }

  test(vision ? 'vision' : 'no vision: images are refused before anything is sent', async () => {
    play({ text: said });
    const wish = { text: 'What is this?', image };
    if (vision) {
      assert.equal((await ask(row, tongue, wish, vision)).text, said);
      assert.ok(upstreamOf(row).saw(image));
      return;
    }
    const sent = upstreamOf(row).bodies().length;
    for (const stream of [false, true]) {
      const reply = await product.ask(tongue.path, { model: row.model, stream, ...tongue.ask(wish) });
      tongue.refused(reply, 400, 'images_not_supported', 'invalid_request_error');
      assert.equal((await rowOf(reply)).failure?.blame, 'request');
    }
    assert.equal(upstreamOf(row).bodies().length, sent);
  });
}

interface Failure {
  readonly status: number;
  readonly code: string;
  /** The word of the Messages API. */
  readonly type: string;
  readonly blame: Blame;
  readonly wait?: RegExp;
  /** What becomes of the token. */
  readonly token: RegExp;
}

const failures: Readonly<Record<Extract<Part, string>, Failure>> = {
  quota: { status: 429, code: 'quota_exceeded', type: 'rate_limit_error', blame: 'quota', wait: /^\d+$/, token: /^quota$/ },
  rate: { status: 429, code: 'upstream_rate_limited', type: 'rate_limit_error', blame: 'rate', wait: /^7$/, token: /^cooling$/ },
  dead: { status: 502, code: 'upstream_auth_failed', type: 'api_error', blame: 'credential', token: /^invalid$/ },
  outage: { status: 502, code: 'upstream_error', type: 'api_error', blame: 'provider', token: /^degraded$/ },
  cut: { status: 502, code: 'upstream_disconnect', type: 'api_error', blame: 'provider', token: /^degraded$/ },
}; // prettier-ignore

/** A stream that breaks has begun well: its error stands at its end. */
function brokenOff(tongue: Tongue, reply: Reply, code: string): void {
  assert.equal(reply.status, 200, reply.text);
  assert.match(reply.text, /part 0/);
  assert.doesNotMatch(reply.text, tongue.end);
  const [last] = [...reply.text.matchAll(/^data: (\{.*"error".*\})$/gm)].slice(-1);
  assert.ok(last?.[1]?.includes(tongue.name === 'anthropic-messages' ? 'api_error' : code), reply.text);
}

function fails(row: Row, tongue: Tongue, part: Extract<Part, string>): void {
  const { status, code, type, blame, wait, token } = failures[part];
  test(part, async () => {
    // With thinking, because a break before the end of it is to be seen as well.
    const body = { model: row.model, ...tongue.ask({ text: 'Hello', thinking: true }) };
    for (const stream of [false, true]) {
      await renew(row.id);
      upstreamOf(row).play(part);
      const reply = await product.ask(tongue.path, { ...body, stream });
      if (part === 'cut' && stream) brokenOff(tongue, reply, code);
      else {
        tongue.refused(reply, status, code, type);
        assert.equal(reply.headers['x-should-retry'], 'false');
        if (wait) assert.match(String(reply.headers['retry-after']), wait);
        else assert.equal(reply.headers['retry-after'], undefined);
      }
      const { outcome, failure, attempts } = await rowOf(reply);
      assert.deepEqual([outcome, failure?.code, failure?.blame], ['failed', code, blame]);
      assert.deepEqual([...new Set(attempts.map((attempt) => attempt.failure?.code))], [code]);
      assert.deepEqual((await tokens(row.id)).map(({ state }) => state.replace(token, 'as it should')), ['as it should']); // prettier-ignore

      // What is to be seen here is each failure by itself, not the rest that several in a row bring.
      await renew(row.id);
      upstreamOf(row).play({ text: said });
      assert.equal((await product.ask(tongue.path, { ...body, stream })).status, 200);
    }
  });
}

test('no provider that comes with Traygate is left out', () => {
  const ids = new Set(rows.map(({ id }) => id)).add('local');
  assert.deepEqual(Object.keys(builtIns).filter((id) => !ids.has(id)), []); // prettier-ignore
});

// The providers side by side, because most of the time is spent waiting between attempts; what one is told to do holds for all of its cells.
describe('every provider, every dialect', { concurrency: rows.length }, () => {
  for (const row of rows) {
    describe(row.id, { concurrency: 1 }, () => {
      for (const tongue of tongues) {
        describe(tongue.name, { concurrency: 1 }, () => {
          answers(row, tongue);
          for (const part of ['quota', 'rate', 'dead', 'outage', 'cut'] as const) fails(row, tongue, part);
        });
      }
    });
  }
});

/** Group A: a service that breaks its answers. */
import assert from 'node:assert/strict';
import { dialects } from '../api/dialects.ts';
import { type Case, fault, type Service } from './fault.ts';
import { heardByAnthropic, heardByOpenAi } from './sdks.ts';

const kinds = ['openai-compatible', 'anthropic-compatible'] as const;

/** What Anthropic calls our codes in an error frame. */
const types: Readonly<Record<string, string>> = { upstream_disconnect: 'api_error', upstream_truncated: 'api_error' };

/** Three deltas, then an error frame and no end mark, in every dialect and for both SDKs. */
async function breaksOff(t: Case, script: string, code: string): Promise<void> {
  for (const kind of kinds) {
    for (const { name } of dialects) {
      const service = await t.service([script, 'ok'], { kind });
      const asked = t.faultd.seen.length;
      const talk = await t.ask(service, { dialect: name });
      const label = `${kind}, ${name}: ${talk.text.slice(-300)}`;
      assert.equal(talk.status, 200, label);
      assert.equal(talk.error, name === 'anthropic-messages' ? types[code] : code, label);
      assert.equal(talk.marked, false, label);
      assert.equal(talk.said, t.faultd.seen.at(-1)?.deltas.join(''), label);
      assert.equal(t.faultd.seen.at(-1)?.deltas.length, 3);
      assert.equal(t.faultd.seen.length, asked + 1, 'what has begun is not asked again');
      const row = await t.row(talk);
      assert.deepEqual([row.outcome, row.failure?.code, row.characters], ['failed', code, talk.said.length]);
    }
    await bothThrow(t, await t.service([script], { kind }));
  }
}

async function bothThrow(t: Case, service: Service): Promise<void> {
  for (const heard of [await heardByOpenAi(t, service), await heardByAnthropic(t, service)]) {
    assert.equal(heard.threw, true, 'the SDK throws');
    assert.equal(heard.text, t.faultd.seen.find(({ deltas }) => deltas.join('') === heard.text)?.deltas.join(''));
  }
}

fault('F016', 'P0', 'a connection that is reset before any byte: the second token answers', async (t) => {
  for (const kind of kinds) {
    const service = await t.service(['rst', 'ok'], { kind });
    const talk = await t.ask(service);
    assert.deepEqual([talk.status, talk.marked, talk.error], [200, true, undefined]);
    assert.equal((await t.row(talk)).attempts.length, 2);
  }
});

fault('F017', 'P0', 'a connection that breaks after three deltas is an error, never a good end', (t) =>
  breaksOff(t, 'cut:3', 'upstream_disconnect'),
);

fault('F018', 'P0', 'a clean end after three deltas without an end mark is an error as well', (t) =>
  breaksOff(t, 'fin:3', 'upstream_truncated'),
);

fault('F017', 'P0', 'an error frame and a broken frame in the middle of an answer end it as an error', async (t) => {
  for (const script of ['err:3', 'bad-json:3']) {
    for (const kind of kinds) {
      const service = await t.service([script, 'ok'], { kind });
      const talk = await t.ask(service);
      assert.deepEqual([talk.status, talk.marked], [200, false], `${script}, ${kind}: ${talk.text.slice(-300)}`);
      assert.match(talk.error ?? '', /^upstream_(error|protocol|truncated)$/, `${script}, ${kind}`);
      assert.equal((await t.row(talk)).attempts.length, 1);
    }
  }
});

fault('F020', 'P1', 'a second end and what comes after it: one end, and a notice', async (t) => {
  for (const kind of kinds) {
    const service = await t.service(['dup-done'], { kind });
    for (const { name, end } of dialects) {
      const talk = await t.ask(service, { dialect: name });
      assert.match(talk.text, end);
      assert.equal(talk.text.match(new RegExp(end.source.replace('\\n\\n$', ''), 'g'))?.length, 1);
      assert.equal(talk.said, t.faultd.seen.at(-1)?.deltas.join(''));
      const { warnings } = await t.row(talk);
      assert.ok(
        warnings.some(({ code }) => code === 'sent_after_end'),
        `${kind}, ${name}: ${JSON.stringify(warnings)}`,
      );
    }
  }
});

/** Group A: answers in every form the event-stream standard allows, and some that it does not. */
import assert from 'node:assert/strict';
import { fault } from './fault.ts';

const kinds = ['openai-compatible', 'anthropic-compatible'] as const;

fault('F022', 'P0', 'text that comes byte by byte is the same text: Chinese, emoji, flags', async (t) => {
  for (const kind of kinds) {
    const service = await t.service(['split-utf8'], { kind });
    for (const dialect of ['openai-chat', 'openai-responses', 'anthropic-messages'] as const) {
      const talk = await t.ask(service, { dialect });
      assert.equal(talk.said, t.faultd.seen.at(-1)?.deltas.join(''));
      assert.match(talk.said, /你好，世界。👩‍👩‍👧‍👦🇨🇳é/);
      assert.doesNotMatch(talk.text, /\uFFFD/);
      assert.equal(talk.marked, true);
    }
  }
});

fault('F023', 'P0', 'CRLF, CR alone, a BOM, comments, several data lines, no blank after the colon', async (t) => {
  for (const kind of kinds) {
    for (const script of ['crlf', 'cr', 'odd', 'multi-line']) {
      const service = await t.service([script], { kind });
      for (const dialect of ['openai-chat', 'anthropic-messages'] as const) {
        const talk = await t.ask(service, { dialect });
        assert.equal(talk.marked, true, `${kind}, ${script}, ${dialect}: ${talk.text.slice(-400)}`);
        assert.equal(talk.said, t.faultd.seen.at(-1)?.deltas.join(''), `${kind}, ${script}, ${dialect}`);
      }
    }
  }
});

fault(
  'F029',
  'P1',
  'a compressed stream is unpacked, an unknown coding is refused, nothing binary goes on',
  async (t) => {
    for (const kind of kinds) {
      for (const script of ['gzip', 'br', 'zstd']) {
        const talk = await t.ask(await t.service([script], { kind }));
        assert.deepEqual([talk.status, talk.marked], [200, true], `${kind}, ${script}`);
      }
      const talk = await t.ask(await t.service(['unknown-coding'], { kind }));
      assert.deepEqual([talk.status, talk.error], [502, 'upstream_protocol'], talk.text.slice(0, 300));
    }
  },
);

fault('F005', 'P0', 'an answer in JSON although a stream was asked for is streamed', async (t) => {
  for (const kind of kinds) {
    const talk = await t.ask(await t.service(['ignore-stream'], { kind }));
    assert.deepEqual([talk.status, talk.marked], [200, true], `${kind}: ${talk.text.slice(0, 300)}`);
    assert.match(talk.headers['content-type'] ?? '', /^text\/event-stream/);
  }
});

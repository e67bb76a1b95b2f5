/**
 * However the network cuts the bytes of a provider, the client is told the same. Raw streams differ in one thing only: text that
 * arrived in two pieces is two deltas. With neighbouring deltas joined (tests/joined.ts) they are the same, byte for byte.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { ChatEvent } from '../../electron/gateway/chat/events.ts';
import { anthropicMessages } from '../../electron/gateway/dialects/anthropic-messages/dialect.ts';
import type { Decoded } from '../../electron/gateway/dialects/dialect.ts';
import { openaiChat } from '../../electron/gateway/dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../../electron/gateway/dialects/openai-responses/dialect.ts';
import { ZaiParser } from '../../electron/gateway/providers/zai/stream/parser.ts';
import { joinedChat, joinedMessages, joinedResponses } from '../joined.ts';
import { scripts, startZaiSimulator, type ZaiSimulator } from '../simulators/zai/simulator.ts';
import { slices, transcriptBytes, transcriptNames } from '../simulators/zai/transcript.ts';
import { Product } from './product.ts';

const messages = [{ role: 'user', content: 'x' }];
const thinking = { type: 'adaptive' };
interface Speech {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly decode: (body: unknown) => Decoded;
  readonly joined: (wire: string) => string;
}
const dialects: Readonly<Record<string, Speech>> = {
  'openai-chat': {
    path: '/v1/chat/completions',
    body: { messages, stream_options: { include_usage: true } },
    decode: (body) => openaiChat.decode(body),
    joined: joinedChat,
  },
  'anthropic-messages': {
    path: '/v1/messages',
    body: { messages, thinking, max_tokens: 100 },
    decode: (body) => anthropicMessages.decode(body),
    joined: joinedMessages,
  },
  'openai-responses': {
    path: '/v1/responses',
    body: { input: 'x' },
    decode: (body) => openaiResponses.decode(body),
    joined: joinedResponses,
  },
};

const head = { id: 'abc', model: 'm', created: 1 };

/** One batch per piece, as the provider hands them over. */
function batchesOf(pieces: Iterable<Uint8Array>): ChatEvent[][] {
  let ids = 0;
  const parser = new ZaiParser({
    tools: ['get_weather', 'get_time'],
    delivery: 'stream',
    newId: () => `call_${(ids += 1)}`,
    now: () => 0,
    warn: () => undefined,
  });
  return [...Array.from(pieces, (piece) => parser.push(piece)), parser.end()];
}

function clientText({ decode, body, joined }: Speech, batches: readonly ChatEvent[][]): string {
  const encoder = decode({ model: 'm', ...body }).encoder(head);
  return joined(batches.map((batch) => encoder.push(batch)).join(''));
}

describe('F141: split at every position', () => {
  for (const [name, speech] of Object.entries(dialects)) {
    test(`${name}: the client text is byte-identical once neighbouring deltas are joined`, () => {
      for (const transcript of transcriptNames()) {
        const bytes = transcriptBytes(transcript);
        const whole = clientText(speech, batchesOf([bytes]));
        assert.ok(whole.length > 100);
        // A long frame makes the positions many and alike: there every eleventh will do.
        const step = bytes.length > 5_000 ? 11 : 1;
        for (let at = 0; at <= bytes.length; at += step) {
          const cut = clientText(speech, batchesOf([bytes.subarray(0, at), bytes.subarray(at)]));
          assert.equal(cut, whole, `${transcript} split at ${at}`);
        }
      }
    });

    test(`${name}: the same for any slices, and for frames that come one by one`, () => {
      const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 });
      for (const transcript of transcriptNames()) {
        const bytes = transcriptBytes(transcript);
        const whole = clientText(speech, batchesOf([bytes]));
        assert.equal(clientText(speech, batchesOf(slices(bytes, 'frames'))), whole);
        assert.equal(clientText(speech, batchesOf(slices(bytes, 1))), whole);
        fc.assert(
          fc.property(sizes, (turns) => {
            assert.equal(clientText(speech, batchesOf(slices(bytes, turns))), whole);
          }),
          { numRuns: 30 },
        );
      }
    });
  }
});

describe('over HTTP', () => {
  let zai: ZaiSimulator;
  let product: Product;
  before(async () => {
    zai = await startZaiSimulator();
    product = await Product.start({ ZAI_BASE_URL: zai.url, ANONYMOUS_MODE: 'true' });
  });
  after(async () => {
    await product.stop();
    await zai.close();
  });

  /** What differs from one request to the next by intent. */
  const masked = (text: string): string =>
    text
      .replaceAll(/\b(chatcmpl-|msg_|resp_|rs_|fc_|req_|call_)[0-9a-f]{20,}/g, '$1id')
      .replaceAll(/"created(_at)?":\d+/g, '"created":0');

  for (const [name, { path, body, joined }] of Object.entries(dialects)) {
    test(`${name}: however the provider writes, the client receives the same`, async () => {
      for (const transcript of [
        '02-thinking-then-answer',
        '07-deep-search-citations',
        '18-details-split-across-chunks',
        '23-edit-index-astral',
      ]) {
        // prettier-ignore
        const texts = new Set<string>();
        for (const chunking of ['whole', 'frames', 3, [1, 50, 7]] as const) {
          zai.answer(scripts.transcript(transcript, { chunking }));
          const reply = await product.ask(path, { ...body, model: 'GLM-4.5', stream: true });
          assert.equal(reply.status, 200, reply.text);
          texts.add(masked(joined(reply.text)));
        }
        assert.equal(texts.size, 1, [...texts].join('\n———\n'));
      }
    });

    test(`${name}: a local model says the same each time`, async () => {
      const prompt = 'THINK One moment 你好.\nREPEAT 40 word 👋\nCALL_TOOL get_weather {"city":"Rome"}';
      const asked = {
        ...body,
        ...('input' in body ? { input: prompt } : { messages: [{ role: 'user', content: prompt }] }),
      };
      const texts = new Set<string>();
      for (let round = 0; round < 4; round += 1)
        texts.add(masked(joined((await product.ask(path, { ...asked, model: 'local/script', stream: true })).text)));
      assert.equal(texts.size, 1);
    });
  }
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { bytes, gist, replay, transcripts } from '../testing/replay.ts';

const Counts = z.object({ prompt_tokens: z.number(), completion_tokens: z.number(), total_tokens: z.number() });
const Expected = z.object({
  ideal: z.object({
    content: z.string(),
    reasoning_content: z.string(),
    usage: Counts.nullable(),
    finish_reason: z.literal('stop'),
    error: z.null(),
  }),
});

/** A transcript without tags can only be known for an answer beforehand where the model asks for tags. */
const tagged = new Set(['05-no-tags']);

for (const { name, text, expected } of transcripts()) {
  const { ideal } = Expected.parse(expected);
  const { usage } = ideal;
  const wanted = {
    text: ideal.content,
    reasoning: ideal.reasoning_content,
    usage: usage
      ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens, totalTokens: usage.total_tokens }
      : undefined,
    finish: 'stop',
    error: undefined,
    notices: name.startsWith('07') ? ['sent_unknown_text'] : [],
  };
  const trimmed = (slices: Iterable<Uint8Array>, delivery: 'stream' | 'whole') => {
    const result = gist(replay(slices, { delivery, inlineThinking: tagged.has(name) ? 'tagged' : 'unopened' }));
    return { ...result, text: result.text.trim(), reasoning: result.reasoning.trim() };
  };

  describe(name, () => {
    for (const delivery of ['stream', 'whole'] as const) {
      for (const [ends, sent] of [
        ['LF', text],
        ['CR LF', text.replaceAll('\n', '\r\n')],
        ['CR', text.replaceAll('\n', '\r')],
        ['a byte order mark', `\uFEFF${text}`],
        ['an end of its own alone', /"done":true/.test(text) ? text.replace(/data: \[DONE\]\s*$/, '') : text],
        ['[DONE] as well', text.includes('[DONE]') ? text : `${text}data: [DONE]\n\n`],
      ] as const) {
        it(`${delivery}, ${ends}: at every split`, () => {
          const all = bytes(sent);
          for (let at = 0; at <= all.length; at += 1)
            assert.deepEqual(trimmed([all.subarray(0, at), all.subarray(at)], delivery), wanted, `split at ${at}`);
          assert.deepEqual(
            trimmed(
              [...all].map((byte) => Uint8Array.of(byte)),
              delivery,
            ),
            wanted,
          );
        });
      }

      it(`${delivery}: cut at every frame, it breaks off`, () => {
        const frames = text.split(/(?<=\n\n)/);
        for (let count = 0; count < frames.length; count += 1) {
          const kept = frames.slice(0, count).join('');
          const over = /"done":true|\[DONE\]/.test(kept);
          const { finish, error } = replay([bytes(kept)], { delivery });
          assert.deepEqual([finish, error?.code], over ? ['stop', undefined] : [undefined, 'upstream_truncated']);
        }
      });
    }
  });
}

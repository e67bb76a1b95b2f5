import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { replay, sliced } from '../testing/replay.ts';

/** Every transcript, in every way its bytes may arrive, must come out as the authored `ideal`. */

const folder = new URL('../../../../../tests/fixtures/longcat/transcripts/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.sse')).map((name) => name.slice(0, -4)); // prettier-ignore

const shape = z.object({
  ideal: z.object({
    content: z.string().nullable(),
    reasoning_content: z.string(),
    usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number(), total_tokens: z.number() }).nullable(),
    finish_reason: z.enum(['stop', 'content_filter', 'error']),
    error: z.object({ kind: z.enum(['auth', 'rate_limited']) }).nullable(),
    citations: z.array(z.object({ index: z.number(), title: z.string(), url: z.string() })).default([]),
  }),
});
const codes = { auth: 'upstream_auth_failed', rate_limited: 'upstream_rate_limited' };

function wantedOf(name: string) {
  const { ideal } = shape.parse(JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), 'utf8')));
  const { usage, error, citations } = ideal;
  return {
    text: (ideal.content ?? '').trim(),
    reasoning: ideal.reasoning_content.trim(),
    usage: usage && {
      inputTokens: usage.prompt_tokens,
      outputTokens: usage.completion_tokens,
      totalTokens: usage.total_tokens,
    },
    finish: error ? undefined : ideal.finish_reason.replace('_', '-'),
    error: error ? codes[error.kind] : undefined,
    citations,
    notices: [],
  };
}

for (const name of names) {
  const text = readFileSync(new URL(`${name}.sse`, folder), 'utf8');
  const bytes = Buffer.from(text);
  const wanted = wantedOf(name);
  const check = (pieces: Iterable<Uint8Array>, delivery: 'stream' | 'whole', hint = '') => {
    const { text: said, reasoning, usage, finish, error, citations, notices } = replay(pieces, { delivery });
    const found = { text: said.trim(), reasoning: reasoning.trim(), usage: usage ?? null, finish, error: error?.code };
    assert.deepEqual({ ...found, citations, notices }, wanted, hint);
  };

  describe(name, () => {
    for (const delivery of ['stream', 'whole'] as const) {
      it(`at once, ${delivery}`, () => check([bytes], delivery));

      it(`split at every position, ${delivery}`, () => {
        for (let at = 0; at <= bytes.length; at += 1)
          check([bytes.subarray(0, at), bytes.subarray(at)], delivery, `split at ${at}`);
      });

      it(`in random slices of 1 to 7 bytes, ${delivery}`, () => {
        const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 40 });
        fc.assert(
          fc.property(sizes, (turns) => check(sliced(bytes, turns), delivery)),
          { numRuns: 12, seed: 20261120 },
        );
      });

      it(`with CR LF or CR, a byte order mark, with and without [DONE], ${delivery}`, () => {
        for (const end of ['\n', '\r\n', '\r']) {
          for (const before of ['', '\uFEFF', end]) {
            for (const marker of text.startsWith('{') ? [''] : ['', 'data: [DONE]\n\n']) {
              const variant = before + (text.replace(/data:\[DONE\]\s*$/, '') + marker).replaceAll('\n', end);
              check([Buffer.from(variant)], delivery, JSON.stringify(end + before + marker));
              check(sliced(Buffer.from(variant), [1, 5]), delivery, JSON.stringify(end + before + marker));
            }
          }
        }
      });
    }

    it('cut at every frame border', () => {
      for (let at = 0; at !== -1; at = text.indexOf('\n\n', at + 1)) {
        const part = text.slice(0, at === 0 ? 0 : at + 2);
        for (const delivery of ['stream', 'whole'] as const) {
          const { finish, error } = replay([Buffer.from(part)], { delivery });
          if (/"lastOne":true|"contentStatus":"FINISHED"/.test(part)) assert.ok(finish);
          else assert.equal(error?.code, part.startsWith('{') ? wanted.error : 'upstream_truncated');
        }
      }
    });
  });
}

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { expectation } from '../testing/fixtures.ts';
import { replay, type Replayed } from '../testing/replay.ts';

/** Every transcript, in every way its bytes may arrive, must come out as the authored `ideal`. */

const folder = new URL('../../../../../tests/fixtures/zai/transcripts/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.sse')).map((name) => name.slice(0, -4)); // prettier-ignore

const count = z.number().optional();
const shape = z.object({
  client_request: z.object({ tools: z.array(z.object({ function: z.object({ name: z.string() }) })).default([]) }),
  ideal: z.object({
    content: z.string().nullable(),
    reasoning_content: z.string(),
    tool_calls: z.array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) })),
    usage: z
      .object({
        prompt_tokens: count,
        completion_tokens: count,
        total_tokens: count,
        prompt_tokens_details: z.object({ cached_tokens: count }).optional(),
      })
      .nullable(),
    finish_reason: z.enum(['stop', 'tool_calls', 'error']),
    error: z.object({ kind: z.string() }).nullable(),
    citations: z.array(z.object({ index: z.number(), title: z.string().optional(), url: z.string() })).optional(),
  }),
});
type Expected = z.infer<typeof shape>;

function ideal({ ideal: wanted }: Expected) {
  const { usage, error } = wanted;
  const cached = usage?.prompt_tokens_details?.cached_tokens;
  return {
    content: (wanted.content ?? '').trim(),
    reasoning: wanted.reasoning_content.trim(),
    calls: wanted.tool_calls.map(({ id, function: { name, arguments: text } }) => ({
      id,
      name,
      arguments: text,
      ended: true,
    })),
    usage: usage && {
      inputTokens: usage.prompt_tokens,
      outputTokens: usage.completion_tokens,
      totalTokens: usage.total_tokens,
      ...(cached !== undefined && { cachedTokens: cached }),
    },
    finish: error ? undefined : wanted.finish_reason.replace('_', '-'),
    error: error?.kind,
    citations: wanted.citations ?? [],
  };
}

const comparable = ({ content, reasoning, calls, usage, finish, error, citations }: Replayed) => ({
  content: content.trim(),
  reasoning: reasoning.trim(),
  calls,
  usage: usage ?? null,
  finish,
  error,
  citations,
});

/** The text a client already has cannot be taken back: the note of transcript 23 allows the first version. */
const streamed: Readonly<Record<string, string>> = { '23-edit-index-astral': '🧪🧪 ok.' };

for (const name of names) {
  const expected = expectation(name, shape);
  const tools = expected.client_request.tools.map((tool) => tool.function.name);
  const text = readFileSync(new URL(`${name}.sse`, folder), 'utf8');
  const bytes = Buffer.from(text);
  const wanted = ideal(expected);
  const check = (pieces: Iterable<Uint8Array>, delivery: 'stream' | 'whole', hint = '') => {
    const { citations, ...rest } = comparable(replay(pieces, { tools, delivery }));
    const content = delivery === 'stream' ? (streamed[name] ?? wanted.content) : wanted.content;
    const bare = wanted.citations.map(({ index, url, title }) => ({
      index,
      url,
      ...(title !== undefined && { title }),
    }));
    assert.deepEqual({ ...rest, citations }, { ...wanted, content, citations: bare }, hint);
  };

  describe(name, () => {
    for (const delivery of ['stream', 'whole'] as const) {
      it(`at once, ${delivery}`, () => check([bytes], delivery));

      it(`split at every position, ${delivery}`, () => {
        // A long frame makes the positions many and alike: there every seventh will do.
        const step = bytes.length > 5_000 ? 7 : 1;
        for (let at = 0; at <= bytes.length; at += step) {
          check([bytes.subarray(0, at), bytes.subarray(at)], delivery, `split at ${at}`);
        }
      });

      it(`in random slices of 1 to 7 bytes, ${delivery}`, () => {
        const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 40 });
        fc.assert(
          fc.property(sizes, (turns) => check(sliced(bytes, turns), delivery)),
          { numRuns: 12, seed: 20261120 },
        );
      });

      it(`with CR LF or CR, with and without [DONE], ${delivery}`, () => {
        for (const end of ['\n', '\r\n', '\r']) {
          for (const marker of ['', 'data: [DONE]\n\n']) {
            const variant = Buffer.from((text.replace(/data: \[DONE\]\s*$/, '') + marker).replaceAll('\n', end));
            check([variant], delivery, JSON.stringify(end + marker));
            check(sliced(variant, [5]), delivery, JSON.stringify(end + marker));
          }
        }
      });
    }

    it('cut at every frame border', () => {
      for (let at = 0; at !== -1; at = text.indexOf('\n\n', at + 1)) {
        const part = text.slice(0, at === 0 ? 0 : at + 2);
        for (const delivery of ['stream', 'whole'] as const) {
          const { finish, error } = replay([Buffer.from(part)], { tools, delivery });
          if (part.includes('"error"')) assert.equal(error, wanted.error);
          else if (part.includes('"done":true')) assert.ok(finish);
          else assert.equal(error, 'upstream_truncated');
        }
      }
    });
  });
}

function* sliced(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

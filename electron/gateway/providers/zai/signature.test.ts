import assert from 'node:assert/strict';
import { it } from 'node:test';
import { z } from 'zod';
import { fixture } from './testing/fixtures.ts';
import { sign } from './signature.ts';

const shape = z.object({
  name: z.string(),
  input: z.object({ prompt: z.string(), request_id: z.string(), timestamp_ms: z.number(), user_id: z.string() }),
  current: z.object({
    metadata: z.string(),
    prompt_base64: z.string(),
    canonical: z.string(),
    window_index: z.number(),
    derived_key_hex: z.string(),
    signature: z.string(),
  }),
});

for (const { name, input, current } of fixture('zai-signature', shape)) {
  it(`signs ${name}`, () => {
    const { prompt, request_id: requestId, timestamp_ms: timestamp, user_id: userId } = input;
    assert.deepEqual(sign({ prompt, requestId, timestamp, userId }), {
      metadata: current.metadata,
      promptBase64: current.prompt_base64,
      canonical: current.canonical,
      windowIndex: current.window_index,
      derivedKey: current.derived_key_hex,
      signature: current.signature,
    });
  });
}

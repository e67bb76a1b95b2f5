/** Presets with fixtures (docs/adding-a-provider.md): what a service lists, answers and refuses, read by the provider the preset makes. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import { createAddedProvider } from '../electron/gateway/providers/registry.ts';
import { ask, realContext } from '../electron/gateway/providers/wire/shared/testing/ask.ts';
import { type Preset, presets } from '../shared/presets.ts';
import { AddedProvider } from '../shared/provider.ts';
import * as anthropic from './simulators/anthropic-upstream/simulator.ts';
import * as openai from './simulators/openai-upstream/simulator.ts';

const folder = new URL('./fixtures/presets/', import.meta.url);
const key = 'sk-sample';

const Expected = z.strictObject({
  /** Names that are offered, with their context; what is no chat model is not among them. */
  models: z.record(z.string(), z.number().nullable()),
  answer: z.strictObject({
    text: z.string(),
    reasoning: z.string(),
    finish: z.string(),
    inputTokens: z.number().nullable(),
    outputTokens: z.number().nullable(),
  }),
  refusals: z
    .array(
      z.strictObject({
        status: z.number(),
        headers: z.record(z.string(), z.string()).default({}),
        body: z.unknown(),
        code: z.string(),
        retryAfterMs: z.number().optional(),
      }),
    )
    .min(1),
});

/** A simulator at the preset's own path, whichever API it speaks. */
async function start({ kind, baseUrl }: Preset, models: readonly Record<string, unknown>[]) {
  const prefix = new URL(baseUrl).pathname.replace(/\/$/, '');
  if (kind === 'openai-compatible') {
    const site = await openai.startOpenAiSimulator({ keys: [key], models, prefix });
    const { raw, status } = openai.scripts;
    return { site, url: `${site.url}${prefix}`, answer: (text: string) => site.answer(raw(text)), refuse: (...said: Parameters<typeof status>) => site.answer(status(...said)) }; // prettier-ignore
  }
  const site = await anthropic.startAnthropicSimulator({ keys: [key], models, prefix });
  const { raw, status } = anthropic.scripts;
  return { site, url: `${site.url}${prefix}`, answer: (text: string) => site.answer(raw(text)), refuse: (...said: Parameters<typeof status>) => site.answer(status(...said)) }; // prettier-ignore
}

const withFixtures = readdirSync(folder);
test('there is a preset with fixtures', () => assert.ok(withFixtures.length > 0));

test('presets have names of their own and addresses that may be saved', () => {
  assert.equal(new Set(presets.map(({ id }) => id)).size, presets.length);
  for (const { id, kind, name, baseUrl, keyless } of presets) {
    assert.ok(AddedProvider.safeParse({ id, kind, name, baseUrl, keyless }).success, id);
    assert.ok(baseUrl.startsWith('https://') || keyless, `${id} would send a key in clear`);
  }
});

for (const id of withFixtures)
  describe(id, () => {
    const preset = presets.find((one) => one.id === id) ?? assert.fail(`no preset ${id} in shared/presets.ts`);
    const read = (name: string) => readFileSync(new URL(`${id}/${name}`, folder), 'utf8');
    const expected = Expected.parse(JSON.parse(read('expected.json')));
    const { data } = z.object({ data: z.array(z.record(z.string(), z.unknown())) }).parse(JSON.parse(read('models.json'))); // prettier-ignore
    const { context } = realContext();
    let upstream: Awaited<ReturnType<typeof start>>;
    let provider: ReturnType<typeof createAddedProvider>;
    before(async () => {
      upstream = await start(preset, data);
      provider = createAddedProvider(context, AddedProvider.parse({ ...preset, baseUrl: upstream.url }));
      await provider.refreshModels(AbortSignal.timeout(10_000), key);
    });
    after(async () => {
      await context.network.close();
      await upstream.site.close();
    });
    const model = () => provider.models()[0] ?? assert.fail('it lists no model');

    test('its models are listed', () => {
      const listed = provider.models().map(({ id: name, contextTokens }) => [name, contextTokens]);
      assert.deepEqual(Object.fromEntries(listed), expected.models);
    });

    test('its key is known', async () => {
      assert.equal((await provider.verify?.(key, AbortSignal.timeout(10_000)))?.outcome, 'user');
      assert.equal((await provider.verify?.('sk-wrong', AbortSignal.timeout(10_000)))?.outcome, 'invalid');
    });

    test('its answer is read', async () => {
      upstream.answer(read('answer.sse'));
      const { text, reasoning, finish, usage, error, notices } = await ask(provider, { model: model(), secret: key });
      assert.equal(error, undefined);
      const { inputTokens = null, outputTokens = null } = usage ?? {};
      assert.deepEqual({ text, reasoning, finish, inputTokens, outputTokens }, expected.answer);
      assert.deepEqual(notices, []);
    });

    for (const { status, headers, body, code, retryAfterMs } of expected.refusals)
      test(`its refusal ${status} is ${code}`, async () => {
        upstream.refuse(status, body, headers);
        const { error } = await ask(provider, { model: model(), secret: key });
        assert.deepEqual([error?.code, error?.retryAfterMs], [code, retryAfterMs]);
      });
  });

/** The SDKs, by the tests of `npm test` that use them, here with pinned versions. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { z } from 'zod';
import { type Bundle, type Client, type Result, type Scenario, scenarios } from '../client.ts';
import type { Lab } from '../lab.ts';

/** Which tests show what, by their names. */
const shows: Readonly<Record<Scenario, RegExp>> = {
  plain: /^plain|^chat$|^create$|^a whole answer/,
  stream: /^stream|^a stream read by hand|^the stream helper|^every stream/,
  tools: /^tools|round trip|tool runner/,
  thinking: /thinking/,
  error: /^error: |^errors are/,
  broken: /^error in a stream|breaks in the stream/,
  abort: /^abort/,
};

const Line = z.object({ test: z.string(), failure: z.string().nullable() });
type Line = z.infer<typeof Line>;

const file = (name: string): string => path.join(import.meta.dirname, '..', name);

async function runTests(lab: Lab, name: string): Promise<Line[]> {
  const { stdout, stderr } = await lab.run(
    process.execPath,
    ['--import', file('sdk-versions.ts'), '--test-reporter', file('sdk-reporter.ts'), file(`../api/${name}`)],
    { environment: { TRAYGATE_CLIENT_PLACES: JSON.stringify(lab.places) } },
  );
  const lines = stdout.split('\n').filter((line) => line.startsWith('{"test":'));
  assert.ok(lines.length > 0, `${name} did not run.\n${stderr.slice(-600)}`);
  return lines.map((line) => Line.parse(JSON.parse(line)));
}

function judged(lines: readonly Line[]): Result[] {
  const failed = (list: readonly Line[]): string =>
    list.flatMap(({ test, failure }) => (failure === null ? [] : [`“${test}”: ${failure}`])).join('\n');
  const results = scenarios.flatMap((scenario): Result[] => {
    const own = lines.filter(({ test }) => shows[scenario].test(test));
    return own.length === 0 ? [] : [{ scenario, ok: failed(own) === '', note: failed(own) }];
  });
  // What shows none of them counts as well.
  const rest = failed(lines.filter(({ test }) => !scenarios.some((scenario) => shows[scenario].test(test))));
  return rest === '' ? results : [...results, { scenario: 'plain', ok: false, note: rest }];
}

function sdk(id: string, title: string, bundle: Bundle, files: readonly string[]): Client {
  return {
    id,
    title,
    bundles: [bundle],
    async play(lab) {
      const lines: Line[] = [];
      for (const name of files) lines.push(...(await runTests(lab, name)));
      return judged(lines);
    },
  };
}

export const sdks: readonly Client[] = [
  sdk('openai', 'openai', { openai: '7.55.0' }, ['openai-sdk.test.ts', 'responses.test.ts']),
  sdk('anthropic', '@anthropic-ai/sdk', { '@anthropic-ai/sdk': '1.12.0' }, ['messages.test.ts']),
  sdk(
    'ai-sdk',
    'Vercel AI SDK',
    {
      ai: '7.0.173',
      '@ai-sdk/openai': '4.0.118',
      '@ai-sdk/openai-compatible': '3.0.92',
      '@ai-sdk/anthropic': '4.0.105',
    },
    ['ai-sdk.test.ts'],
  ),
  sdk(
    'langchain',
    'LangChain',
    { '@langchain/core': '1.4.0', '@langchain/openai': '1.6.0', '@langchain/anthropic': '1.5.11' },
    ['langchain-sdk.test.ts'],
  ),
];

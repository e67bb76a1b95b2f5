/** Claude Code in print mode. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { z } from 'zod';
import type { Bundle, Client, Play, Scenario } from '../client.ts';
import type { Call, Lab } from '../lab.ts';

export const claudeBundle: Bundle = { '@anthropic-ai/claude-code': '2.1.330' };

/** Where Claude Code is pointed at, and what reaches the gateway for each of its turns. */
export interface Route {
  readonly environment: (lab: Lab) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  readonly model: (name: string) => string;
  readonly request: string;
}

const quiet = { DISABLE_TELEMETRY: '1', DISABLE_AUTOUPDATER: '1', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' };
const streamJson = ['--output-format', 'stream-json', '--verbose', '--include-partial-messages'];
const Line = z.object({
  event: z.object({ delta: z.object({ text: z.string(), thinking: z.string() }).partial().optional() }).optional(),
});

/** One run of it: program, arguments, environment. */
async function command(lab: Lab, route: Route): Promise<(...args: readonly string[]) => [string, string[], Call]> {
  const environment = { ...quiet, ...(await route.environment(lab)) };
  // The package starts a binary that an install script links; this does the same without one.
  const script = path.join(lab.modules('@anthropic-ai/claude-code'), '@anthropic-ai/claude-code/cli-wrapper.cjs');
  return (model, prompt = '', ...more) => [
    process.execPath,
    [script, '-p', prompt, '--model', route.model(model), ...more],
    { environment },
  ];
}

async function pieces(lab: Lab, route: Route, prompt: string, kind: 'text' | 'thinking'): Promise<string[]> {
  const run = await command(lab, route);
  const lines = (await lab.succeed(...run('local/script', prompt, ...streamJson))).trim().split('\n');
  return lines.flatMap((line) => Line.parse(JSON.parse(line)).event?.delta?.[kind] ?? []);
}

/** Ctrl-C in the middle of an answer that takes three seconds. */
export async function claudeInterrupted(lab: Lab, route: Route, outcome: 'cancelled' | 'ok'): Promise<void> {
  const run = await command(lab, route);
  await lab.interrupted(lab.start(...run('local/script', 'REPEAT 1 word\nWAIT 300\n'.repeat(10))), outcome);
  lab.asked(route.request);
}

/** What Claude Code is asked to do, whichever way it goes. */
export function claudeScenarios(route: Route): Record<Scenario, Play> {
  const times = (count: number) => Array.from({ length: count }, () => route.request);
  return {
    async plain(lab) {
      const run = await command(lab, route);
      // It may put reminders of its own before the prompt, which are repeated as well.
      assert.match(await lab.succeed(...run('local/echo', 'Hello there')), /Hello there\n$/);
      lab.asked(...times(1));
    },
    async stream(lab) {
      const text = await pieces(lab, route, 'REPEAT 300 word', 'text');
      assert.ok(text.length > 5, `${text.length} pieces`);
      assert.equal(text.join(''), 'word '.repeat(300).trim());
      lab.asked(...times(1));
    },
    async tools(lab) {
      const run = await command(lab, route);
      const file = lab.write('work/note.txt', 'The secret is 4711.');
      const read = `CALL_TOOL Read {"file_path":${JSON.stringify(file)}}`;
      assert.match(await lab.succeed(...run('local/script', read, '--allowedTools', 'Read')), /The secret is 4711\./);
      const shout = 'CALL_TOOL Bash {"command":"tr a-z A-Z < note.txt","description":"Shout"}';
      assert.equal(await lab.succeed(...run('local/script', shout, '--allowedTools', 'Bash')), 'THE SECRET IS 4711.\n');
      lab.asked(...times(4));
    },
    async thinking(lab) {
      const thoughts = await pieces(lab, route, 'THINK Let me see what this is.\nREPEAT 1 Seen.', 'thinking');
      assert.equal(thoughts.join(''), 'Let me see what this is.');
      lab.asked(...times(1));
    },
    async error(lab) {
      const run = await command(lab, route);
      for (const status of [401, 429, 500]) {
        const { code, stdout } = await lab.run(...run('local/script', `ERROR ${status}`));
        assert.equal(code, 1);
        assert.match(stdout, new RegExp(`This test model failed with status ${status}`));
      }
      lab.asked(...times(3));
    },
    async broken(lab) {
      const run = await command(lab, route);
      const { code, stdout } = await lab.run(...run('local/script', 'CUT 40'));
      assert.equal(code, 1, `It took half an answer for a whole one: ${stdout}`);
      assert.match(stdout, /This test model broke off its answer/);
      lab.asked(...times(1));
    },
    async abort(lab) {
      await claudeInterrupted(lab, route, 'cancelled');
    },
  };
}

export const claudeCode: Client = {
  id: 'claude-code',
  title: 'Claude Code',
  bundles: [claudeBundle],
  play: claudeScenarios({
    // Without the last one it asks again, unstreamed, for an answer that broke off.
    environment: (lab) => ({
      ANTHROPIC_BASE_URL: lab.url,
      ANTHROPIC_AUTH_TOKEN: lab.key,
      CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: '1',
    }),
    model: (name) => name,
    request: 'POST /v1/messages',
  }),
};

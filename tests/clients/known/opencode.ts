/** OpenCode, with `opencode run`. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { z } from 'zod';
import type { Client } from '../client.ts';
import type { Call, Lab } from '../lab.ts';

const quiet = {
  OPENCODE_DISABLE_AUTOUPDATE: '1',
  OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
  OPENCODE_DISABLE_MODELS_FETCH: '1',
  OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
};
const request = 'POST /v1/chat/completions';

/** The prompt goes in by stdin: as an argument it would be put in quotes. Without `--title` it asks for one in a second request. */
function command(lab: Lab, prompt: string, ...args: readonly string[]): [string, string[], Call] {
  const provider = {
    npm: '@ai-sdk/openai-compatible',
    name: 'Traygate',
    options: { baseURL: `${lab.url}/v1`, apiKey: lab.key },
    models: { 'local/echo': { name: 'Echo' }, 'local/script': { name: 'Script' } },
  };
  lab.write(
    '.config/opencode/opencode.json',
    JSON.stringify({
      $schema: 'https://opencode.ai/config.json',
      model: 'traygate/local/script',
      small_model: 'traygate/local/echo',
      autoupdate: false,
      share: 'disabled',
      provider: { traygate: provider },
    }),
  );
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  // What its install script would link.
  const binary = path.join(lab.modules('opencode-ai'), `opencode-${system}-${process.arch}`, 'bin/opencode');
  return [binary, ['run', ...args], { environment: quiet, stdin: prompt }];
}

const Line = z.object({
  type: z.string(),
  part: z
    .object({ text: z.string(), tool: z.string(), state: z.object({ output: z.string() }).partial() })
    .partial()
    .optional(),
});

async function events(lab: Lab, prompt: string): Promise<z.infer<typeof Line>[]> {
  const output = await lab.succeed(...command(lab, prompt, '--format', 'json', '--thinking', '--title', 'Test'));
  return output
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)));
}

const textOf = (list: readonly z.infer<typeof Line>[], type: string): string | undefined =>
  list.find((event) => event.type === type)?.part?.text;

export const opencode: Client = {
  id: 'opencode',
  title: 'OpenCode',
  bundles: [{ 'opencode-ai': '1.18.33' }],
  play: {
    async plain(lab) {
      assert.match(await lab.succeed(...command(lab, 'Hello there', '-m', 'traygate/local/echo')), /Hello there\n/);
      lab.asked(request, request);
    },
    async stream(lab) {
      assert.equal(textOf(await events(lab, 'REPEAT 300 word'), 'text'), 'word '.repeat(300).trim());
      lab.asked(request);
    },
    async tools(lab) {
      lab.write('work/note.txt', 'The secret is 4711.');
      const list = await events(lab, 'CALL_TOOL bash {"command":"tr a-z A-Z < note.txt","description":"Shout"}');
      assert.equal(list.find(({ type }) => type === 'tool_use')?.part?.state?.output, 'THE SECRET IS 4711.');
      assert.equal(textOf(list, 'text'), 'THE SECRET IS 4711.');
      lab.asked(request, request);
    },
    async thinking(lab) {
      const list = await events(lab, 'THINK Let me see what this is.\nREPEAT 1 Seen.');
      assert.equal(textOf(list, 'reasoning'), 'Let me see what this is.');
      assert.equal(textOf(list, 'text'), 'Seen.');
      lab.asked(request);
    },
    async error(lab) {
      const { code, stdout } = await lab.run(...command(lab, 'ERROR 401', '--format', 'json', '--title', 'Test'));
      assert.equal(code, 1);
      assert.match(stdout, /This test model failed with status 401/);
      lab.asked(request);
      // Its own five repetitions; no setting is known that ends them.
      const limited = await lab.run(...command(lab, 'ERROR 429', '--format', 'json', '--title', 'Test'));
      assert.equal(limited.code, 1);
      lab.asked(...Array.from({ length: 7 }, () => request));
      return 'it repeats 429 and 5xx five times; no setting is known that ends it';
    },
    async broken(lab) {
      const { code, stdout } = await lab.run(...command(lab, 'CUT 40', '--format', 'json', '--title', 'Test'));
      assert.equal(code, 1, `It took half an answer for a whole one: ${stdout}`);
      assert.match(stdout, /This test model broke off its answer/);
      lab.asked(request);
    },
    async abort(lab) {
      await lab.interrupted(lab.start(...command(lab, 'WAIT 50000', '--title', 'Test')));
      lab.asked(request);
    },
  },
};

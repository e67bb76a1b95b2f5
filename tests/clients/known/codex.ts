/** Codex, with `codex exec`. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { z } from 'zod';
import type { Client } from '../client.ts';
import type { Call, Lab } from '../lab.ts';

const config = (url: string): string => `model = "local/script"
model_provider = "traygate"
check_for_update_on_startup = false

[analytics]
enabled = false

[model_providers.traygate]
name = "Traygate"
base_url = "${url}/v1"
wire_api = "responses"
env_key = "TRAYGATE_KEY"
# Otherwise it repeats what has failed up to 30 times.
request_max_retries = 0
stream_max_retries = 0
`;

function command(lab: Lab, ...args: readonly string[]): [string, string[], Call] {
  lab.write('.codex/config.toml', config(lab.url));
  const script = path.join(lab.modules('@openai/codex'), '@openai/codex/bin/codex.js');
  return [
    process.execPath,
    [script, 'exec', '--skip-git-repo-check', ...args],
    { environment: { TRAYGATE_KEY: lab.key } },
  ];
}

const Line = z.object({
  item: z
    .object({ type: z.string(), text: z.string().optional(), aggregated_output: z.string().optional() })
    .optional(),
});
type Item = NonNullable<z.infer<typeof Line>['item']>;

/** The items it has completed. */
async function items(lab: Lab, prompt: string): Promise<Item[]> {
  const lines = (await lab.succeed(...command(lab, '--json', prompt))).trim().split('\n');
  const told = lines.flatMap((line) => (line.includes('"item.completed"') ? [Line.parse(JSON.parse(line)).item] : []));
  return told.filter((item) => item !== undefined);
}

const request = 'POST /v1/responses';

export const codex: Client = {
  id: 'codex',
  title: 'Codex',
  bundles: [{ '@openai/codex': '0.169.0' }],
  play: {
    async plain(lab) {
      assert.equal(await lab.succeed(...command(lab, '-m', 'local/echo', 'Hello there')), 'Hello there\n');
      lab.asked(request);
    },
    async stream(lab) {
      const said = await items(lab, 'REPEAT 300 word');
      assert.deepEqual(said.at(-1)?.text, 'word '.repeat(300).trim());
      lab.asked(request);
    },
    async tools(lab) {
      lab.write('work/note.txt', 'The secret is 4711.');
      const done = await items(lab, 'CALL_TOOL exec_command {"cmd":"tr a-z A-Z < note.txt"}');
      const ran = done.find(({ type }) => type === 'command_execution');
      assert.equal(ran?.aggregated_output, 'THE SECRET IS 4711.');
      assert.match(done.at(-1)?.text ?? '', /THE SECRET IS 4711\.$/);
      lab.asked(request, request);
    },
    async thinking(lab) {
      const said = await items(lab, 'THINK Let me see what this is.\nREPEAT 1 Seen.');
      assert.deepEqual(
        said.slice(-2).map(({ type, text }) => [type, text]),
        [
          ['reasoning', 'Let me see what this is.'],
          ['agent_message', 'Seen.'],
        ],
      );
      lab.asked(request);
    },
    async error(lab) {
      // It has words of its own for some of them.
      const words = { 401: /This test model failed/, 404: /This test model failed/, 429: /429/, 500: /high demand/ };
      for (const [status, text] of Object.entries(words)) {
        const { code, stdout } = await lab.run(...command(lab, '--json', `ERROR ${status}`));
        assert.equal(code, 1);
        assert.match(stdout, text);
      }
      lab.asked(request, request, request, request);
    },
    async broken(lab) {
      const { code, stdout } = await lab.run(...command(lab, '--json', 'CUT 40'));
      assert.equal(code, 1, `It took half an answer for a whole one: ${stdout}`);
      assert.match(stdout, /This test model broke off its answer/);
      lab.asked(request);
    },
    async abort(lab) {
      await lab.interrupted(lab.start(...command(lab, 'WAIT 50000')));
      lab.asked(request);
    },
  },
};

/** Claude Code Router: Claude Code speaks to it, and it speaks Chat Completions to the gateway. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../client.ts';
import type { Lab } from '../lab.ts';
import { claudeBundle, claudeInterrupted, claudeScenarios, type Route } from './claude-code.ts';
import { portOf } from '../../port-of.ts';

const name = '@musistudio/claude-code-router';
const apiKey = 'a-key-of-the-router';
const startMs = 15_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  return port;
}

/** The router with the gateway as its only provider; gives its address once it answers. */
async function startRouter(lab: Lab, transformers: readonly string[]): Promise<string> {
  const port = await freePort();
  const models = ['local/echo', 'local/script'];
  const provider = {
    name: 'traygate',
    api_base_url: `${lab.url}/v1/chat/completions`,
    api_key: lab.key,
    models,
    ...(transformers.length > 0 && { transformer: { use: transformers } }),
  };
  lab.write(
    '.claude-code-router/config.json',
    JSON.stringify({
      HOST: '127.0.0.1',
      PORT: port,
      APIKEY: apiKey,
      LOG: false,
      NON_INTERACTIVE_MODE: true,
      Providers: [provider],
      Router: { default: 'traygate,local/script' },
    }),
  );
  const running = lab.start(process.execPath, [path.join(lab.modules(name), name, 'dist/cli.js'), 'start']);
  let over = '';
  void running.ended.then(({ stdout, stderr }) => (over = `The router has ended.\n${stdout}${stderr}`));
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + startMs; ; await sleep(100)) {
    if (
      await fetch(url)
        .then(() => true)
        .catch(() => false)
    )
      return url;
    assert.ok(!over && Date.now() < deadline, over || 'The router does not answer.');
  }
}

/** The router does not pass on that an error is final, and Claude Code would repeat it for minutes. */
const route = (...transformers: readonly string[]): Route => ({
  environment: async (lab) => ({
    ANTHROPIC_BASE_URL: await startRouter(lab, transformers),
    ANTHROPIC_AUTH_TOKEN: apiKey,
    CLAUDE_CODE_MAX_RETRIES: '0',
    CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: '1',
  }),
  model: (model) => `traygate,${model}`,
  request: 'POST /v1/chat/completions',
});

function router(id: string, version: string): Client {
  return {
    id,
    title: 'Claude Code Router',
    bundles: [{ [name]: version }, claudeBundle],
    play: {
      ...claudeScenarios(route()),
      async thinking(lab) {
        await claudeScenarios(route('reasoning')).thinking(lab);
        await lab.stop();
        await assert.rejects(claudeScenarios(route('reasoning')).broken(lab), /took half an answer for a whole one/);
        return 'only with its transformer "reasoning", with which an answer that broke off looks whole';
      },
      async abort(lab) {
        await claudeInterrupted(lab, route(), 'ok');
        return 'the router does not cancel; the request runs to its end';
      },
    },
  };
}

export const claudeCodeRouter2 = router('claude-code-router-2', '2.0.0');
export const claudeCodeRouter1 = router('claude-code-router-1', '1.0.73');

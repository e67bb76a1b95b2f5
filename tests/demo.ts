/**
 * `npm run demo`: the whole product offline. Starts every simulator on this computer, then Traygate headless in front of them,
 * with sample tokens and a data folder of its own; Ctrl+C ends all of it and leaves nothing behind.
 *   --source  from the sources, without the window and without building it
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeAll, configFor, startAll } from './simulators/all.ts';

const clientKey = 'sk-traygate-demo';
const fromSource = process.argv.includes('--source');
const entry = path.join(import.meta.dirname, '../electron', fromSource ? 'headless.ts' : 'start.ts');

/** What to try, as lines for a shell: an answer, another API, and a failure that says what to do. */
function examples(baseUrl: string): string {
  const curl = (route: string, body: object) =>
    `  curl ${baseUrl}${route} -H 'Authorization: Bearer ${clientKey}' -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
  const ask = (model: string, more: object = {}) => ({
    model,
    ...more,
    messages: [{ role: 'user', content: 'Hello' }],
  });
  return [
    'Try it:',
    curl('/chat/completions', ask('GLM-4.7', { stream: true })),
    curl('/messages', ask('claude-sonnet-4-5', { max_tokens: 64 })),
    curl('/chat/completions', ask('k2think/MBZUAI-IFM/K2-Think-v2')),
    '',
    'One token of Z.AI is dead, one of LongCat is rate-limited, K2 Think asks its guests for a captcha, a key of',
    'Z.AI API belongs to another base, and the models trouble/… fail as they are named. Ctrl+C ends the demo.',
    '',
  ].join('\n');
}

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-demo-'));
const simulators = await startAll();
const config = path.join(folder, 'traygate.json');
writeFileSync(config, configFor(simulators, { clientKeys: [clientKey] }), { mode: 0o600 });

/** Nothing of this computer's settings: its variables and .env files may name real accounts. */
const { PATH, TEMP, SystemRoot } = process.env;
const traygate: ChildProcess = spawn(
  process.execPath,
  [entry, '--headless', '--port', '0', '--data-dir', path.join(folder, 'data'), '--config', config],
  { cwd: folder, env: { PATH, TEMP, SystemRoot, HOME: folder }, stdio: ['inherit', 'pipe', 'inherit'] },
);

let ending = false;
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  if (traygate.exitCode === null && traygate.signalCode === null) {
    const exited = once(traygate, 'exit');
    traygate.kill('SIGTERM');
    await exited;
  }
  await closeAll(simulators);
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0));
traygate.once('exit', (code) => void end(code ?? 1));

let said = '';
let announced = false;
traygate.stdout?.setEncoding('utf8').on('data', (text: string) => {
  // Log lines are for the log file; before and after the announcement they would only hide it.
  process.stdout.write(text.replaceAll(/^\{.*\n/gm, '').replace(/^( {2}Key +)in .*$/m, `$1${clientKey}`));
  if (announced) return;
  said += text;
  const baseUrl = /Base URL +(\S+)\s[\s\S]*Data .*\n/.exec(said)?.[1];
  if (baseUrl === undefined) return;
  announced = true;
  process.stdout.write(`\n${examples(baseUrl)}`);
});

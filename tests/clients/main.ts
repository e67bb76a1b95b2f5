/**
 * `npm run test:clients`: real clients, installed from npm at pinned versions, against the running gateway. docs/clients.md.
 *   --ci     a client that cannot be installed is a failure (also with the variable CI)
 * Anything else names the clients to run, e.g. `npm run test:clients -- codex`.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { helpIfAsked } from '../help.ts';
import { findFence } from './fence.ts';
import { install } from './install.ts';
import { clients } from './known/all.ts';

helpIfAsked(`
npm run test:clients [-- --ci] [-- NAME …]

Real clients, installed from npm at pinned versions, against the running gateway (docs/clients.md).
  --ci   a client that cannot be installed is a failure (also with the variable CI)
  NAME   ${clients.map(({ id }) => id).join(', ')}; all without`);
const argv = process.argv.slice(2);
const strict = argv.includes('--ci') || Boolean(process.env['CI']);
const names = argv.filter((argument) => argument !== '--ci');
const unknown = names.filter((name) => !clients.some(({ id }) => id === name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are ${clients.map(({ id }) => id).join(', ')}.`);
  process.exit(2);
}

const chosen = clients.filter(({ id }) => names.length === 0 || names.includes(id));
const installed = Object.fromEntries(
  chosen.map((client) => {
    console.log(`Installing ${client.title} …`);
    return [client.id, install(client.bundles)];
  }),
);
const fence = findFence();
console.log(`Running behind ${fence.title}.\n`);
const orders = JSON.stringify({ installed, strict, fence: fence.environment });
const run = [process.execPath, path.join(import.meta.dirname, 'run.ts'), orders];
const [file, ...args] = [...fence.prefix, ...run];
process.exit(spawnSync(file ?? process.execPath, args, { stdio: 'inherit' }).status ?? 1);

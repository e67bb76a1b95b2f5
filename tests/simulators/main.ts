/**
 * `npm run sim [-- first-port]`: every simulator on this computer, with sample tokens and keys, until Ctrl+C. They are the
 * same at each start. Nothing here talks to the network.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeAll, configFor, startAll } from './all.ts';

const [port = '9801'] = process.argv.slice(2);
if (!/^\d{1,5}$/.test(port) || Number(port) > 65_000) {
  console.error('usage: npm run sim [-- first-port]');
  process.exit(64);
}

const running = await startAll(Number(port)).catch((error: Error) => {
  console.error(`The simulators cannot listen: ${error.message}`);
  process.exit(69);
});
const folder = mkdtempSync(path.join(tmpdir(), 'traygate-sim-'));
const file = path.join(folder, 'traygate.json');
writeFileSync(file, configFor(running), { mode: 0o600 });

for (const { provider, url, notes } of running) {
  console.log(`${provider.padEnd(12)} ${url}`);
  for (const note of notes) console.log(`${' '.repeat(13)}${note}`);
}
console.log(`
Traygate against all of them, with these tokens and keys:
  npm start -- --headless --config ${file}

Ctrl+C stops them.`);

function stop(): void {
  rmSync(folder, { recursive: true, force: true });
  void closeAll(running).then(() => process.exit(0));
}
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

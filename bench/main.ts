/**
 * `npm run bench [part …] [seconds]`: ratios within one run, for this machine only; nothing here decides whether a test passes.
 * What the figures mean is in docs/performance.md.
 */
import { availableParallelism, cpus, release } from 'node:os';
import { capture } from './parts/capture.ts';
import { figures } from './parts/figures.ts';
import { firehose } from './parts/firehose.ts';
import { firstToken } from './parts/first-token.ts';
import { home } from './parts/home.ts';
import { idle } from './parts/idle.ts';
import { leaving } from './parts/leaving.ts';
import { logs } from './parts/logs.ts';
import { parsing } from './parts/parsing.ts';
import { short } from './parts/short.ts';
import { slow } from './parts/slow.ts';
import { starting } from './parts/starting.ts';
import { setUp, type Setting } from './setting.ts';
import { helpIfAsked } from '../tests/help.ts';

if (process.platform !== 'linux')
  throw new Error('Processor time and memory of other processes are read from /proc, which only Linux has.');
const parts: Record<string, (setting: Setting) => Promise<void> | void> = {
  starting,
  'first-token': firstToken,
  slow,
  firehose,
  short,
  leaving,
  parsing,
  figures,
  home,
  capture,
  logs,
  idle,
};
helpIfAsked(`
npm run bench [-- PART …]

Ratios within one run, for this machine only (docs/performance.md). Parts: ${Object.keys(parts).join(', ')}; all without.`);
const wanted = process.argv.slice(2).filter((argument) => !/^\d+$/.test(argument));
const began = performance.now();
console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model}, Linux ${release()}`);
const setting = await setUp();
try {
  for (const [name, run] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await run(setting);
} finally {
  setting.end();
}
console.log(`\n${Math.round((performance.now() - began) / 1000)} s`);

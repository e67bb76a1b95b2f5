/** `npm run bench`: ratios within one run, for this machine only; nothing here decides whether a test passes. */
import { firehose } from './firehose.ts';
import { leaving } from './leaving.ts';
import { parsing } from './parsing.ts';
import { setUp } from './setting.ts';
import { slow } from './slow.ts';

if (process.platform !== 'linux')
  throw new Error('Processor time and memory of other processes are read from /proc, which only Linux has.');
const setting = await setUp();
const parts: Record<string, () => Promise<void> | void> = {
  slow: () => slow(setting, [1, 100, 500]),
  firehose: () => firehose(setting),
  leaving: () => leaving(setting),
  parsing,
};
const wanted = process.argv.slice(2);
for (const [name, run] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await run();
await setting.end();

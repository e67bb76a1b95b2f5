/** `npm run bench`: ratios within one run, for this machine only; nothing here decides whether a test passes. */
import { parsing } from './parsing.ts';
import { streams } from './streams.ts';

await streams([1, 20, 100, 200]);
parsing();

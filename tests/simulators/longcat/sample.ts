import type { Simulated } from '../sample.ts';
import { startLongCatApiSimulator } from './api.ts';
import { scripts, startLongCatSimulator } from './simulator.ts';

const good = 'sample-passport-token-of-longcat-000000000001';
const limited = 'sample-passport-token-of-longcat-000000000002';

export const longcat: Simulated = {
  provider: 'longcat',
  async start(port) {
    const site = await startLongCatSimulator({ port });
    site.users.add({ name: 'Ada', token: good, script: scripts.slow(40) });
    site.users.add({ name: 'Bob', token: limited, script: scripts.tooFast() });
    return {
      url: site.url,
      section: { baseUrl: site.url, tokens: [limited, good] },
      notes: [`good token: ${good}`, `rate-limited token: ${limited}`],
      close: () => site.close(),
    };
  },
};

const key = 'ak_sample_longcat_key';
const spent = 'ak_spent_longcat_key';

export const longcatApi: Simulated = {
  provider: 'longcat-api',
  async start(port) {
    const site = await startLongCatApiSimulator({ keys: [key, spent], spent: [spent] }, port);
    return {
      url: site.url,
      section: { baseUrl: site.url, keys: [spent, key] },
      notes: [`good key: ${key}`, `key without quota: ${spent}`],
      close: () => site.close(),
    };
  },
};

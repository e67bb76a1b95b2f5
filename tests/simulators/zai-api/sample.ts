import type { Simulated } from '../sample.ts';
import { startZaiApiSimulator } from './simulator.ts';

const good = 'sample-key-of-z-ai.0000000000000001';
const plan = 'sample-key-of-a-coding-plan.00000001';

export const zaiApi: Simulated = {
  provider: 'zai-api',
  async start(port) {
    const site = await startZaiApiSimulator({ keys: { [good]: 'pay-as-you-go', [plan]: 'plan' } }, port);
    return {
      url: site.url,
      section: { base: `${site.url}/api/paas/v4`, tokens: [good, plan] },
      notes: [`good key: ${good}`, `key of a coding plan, which belongs to the other base: ${plan}`],
      close: () => site.close(),
    };
  },
};

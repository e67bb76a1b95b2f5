import type { Simulated } from '../sample.ts';
import { startAnthropicSimulator } from './simulator.ts';

const key = 'sk-ant-sample';

export const anthropic: Simulated = {
  provider: 'claude',
  async start(port) {
    const site = await startAnthropicSimulator({ keys: [key] }, port);
    return {
      url: site.url,
      section: { kind: 'anthropic-compatible', name: 'Claude', baseUrl: site.url, keys: [key] },
      notes: [`good key: ${key}`],
      close: () => site.close(),
    };
  },
};

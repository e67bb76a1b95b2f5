import type { Simulated } from '../sample.ts';
import { fabricateToken } from './identities.ts';
import { scripts, startZaiSimulator } from './simulator.ts';

const dead = fabricateToken('51a00000-0000-4000-8000-000000000009', 'gone@example.com');

/** Always the same account, so that a token that was pasted once is good after a restart as well. */
export const zai: Simulated = {
  provider: 'zai',
  async start(port) {
    const site = await startZaiSimulator({ port });
    site.answer(scripts.slow(40));
    const { token } = site.users.add({ name: 'Ada', id: '51a00000-0000-4000-8000-000000000001' });
    return {
      url: site.url,
      section: { baseUrl: site.url, tokens: [dead, token] },
      notes: [`good token: ${token}`, `dead token: ${dead}`, 'guests are welcome'],
      close: () => site.close(),
    };
  },
};

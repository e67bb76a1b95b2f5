import { createClient } from '@redis/client';
import type { Connection, Hearing } from './link.ts';
import { channel, type Script, scripts } from './scripts.ts';

/** Connects to Valkey or Redis. One connection does: in the third version of the protocol news comes between answers. */
export async function connectValkey(url: string, { message, lost }: Hearing): Promise<Connection> {
  const client = createClient({
    url: url.replace(/^valkey/, 'redis'),
    RESP: 3,
    disableClientInfo: true,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: { reconnectStrategy: false, connectTimeout: 2_000 },
  });
  client.on('error', lost);
  const destroy = () => {
    if (client.isOpen) client.destroy();
  };
  try {
    await client.connect();
    // Before they are needed: what is sent twice comes later than what was asked after it.
    await Promise.all(scripts.map(({ text }) => client.scriptLoad(text)));
    await client.subscribe(channel, message);
  } catch (error) {
    destroy();
    throw error;
  }
  return {
    async run({ text, sha }: Script, keys, args) {
      const what = { keys: [...keys], arguments: [...args] };
      try {
        return await client.evalSha(sha, what);
      } catch (error) {
        // Somebody has made the server forget them.
        if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return client.eval(text, what);
        throw error;
      }
    },
    ping: () => client.ping(),
    close: () => client.close(),
    destroy,
  };
}

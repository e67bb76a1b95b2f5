/** The least a proxy can do: node:http in, node:http out, bytes piped. Its POST goes to the simulator's completion path. */
import { Agent, createServer, request } from 'node:http';
import { portOf } from '../../tests/port-of.ts';

const [upstream = '', token = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });
const server = createServer((incoming, outgoing) => {
  const query = new URLSearchParams({
    token,
    user_id: 'x',
    requestId: 'x',
    timestamp: String(Date.now()),
    signature_timestamp: String(Date.now()),
  });
  const sent = request(
    `${upstream}/api/v2/chat/completions?${query}`,
    {
      method: 'POST',
      agent,
      headers: {
        ...incoming.headers,
        host: new URL(upstream).host,
        authorization: `Bearer ${token}`,
        'x-fe-version': 'prod-fe-9.9.9',
      },
    },
    (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
    },
  );
  outgoing.on('close', () => sent.destroy());
  sent.on('error', () => outgoing.destroy());
  incoming.pipe(sent);
});
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${portOf(server)}`));

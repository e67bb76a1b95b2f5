/** HTTP as it is on the wire: any header, any path, nothing followed, decoded or retried. */
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | readonly Uint8Array[];
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  json(): unknown;
}

/** Each request on its own connection. A list of chunks is sent chunked, one after the other. */
export function send(url: string, sent: Sent): Promise<Reply> {
  const { hostname: named, port } = new URL(url);
  const hostname = named.replaceAll(/[[\]]/g, '');
  return new Promise((resolve, reject) => {
    let answered = false;
    const chunked = Array.isArray(sent.body);
    const size =
      sent.body === undefined || chunked ? {} : { 'content-length': String(Buffer.byteLength(sent.body as string)) };
    const outgoing = request(
      {
        hostname,
        port,
        method: sent.method ?? 'GET',
        path: sent.path,
        headers: { ...size, ...sent.headers },
        agent: false,
      },
      (incoming) => {
        answered = true;
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text,
            json: () => JSON.parse(text) as unknown,
          });
        });
      },
    );
    // A server may answer and close while a large body is still being sent; the answer counts.
    outgoing.on('error', (error) => answered || reject(error));
    if (chunked) for (const chunk of sent.body as readonly Uint8Array[]) outgoing.write(chunk);
    outgoing.end(chunked ? undefined : sent.body);
  });
}

/** Bytes as they are, and all that comes back until the other side closes; for what no HTTP library would send. */
export function sendRaw(url: string, bytes: string, timeoutMs = 5_000): Promise<string> {
  const { hostname: named, port } = new URL(url);
  const hostname = named.replaceAll(/[[\]]/g, '');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.setTimeout(timeoutMs, () =>
      socket.destroy(new Error(`No end after ${timeoutMs} ms: ${text.slice(0, 200)}`)),
    );
    socket.on('close', () => resolve(text));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve(text) : reject(error)));
  });
}

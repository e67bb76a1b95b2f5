import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isLoopbackAddress } from '../network/addresses.ts';
import { connectionsWithin, openFilesLimit } from './open-files.ts';

export interface ConnectionLimits {
  readonly total: number;
  /** Of one address elsewhere. */
  readonly perAddress: number;
  /** Of this computer: most users have no other client. */
  readonly local: number;
}

const all = connectionsWithin(openFilesLimit(), 4_000);
/** What programs on this computer cannot take from other computers. */
const forOthers = 500;
export const connectionLimits: ConnectionLimits = {
  total: all,
  perAddress: 256,
  local: Math.max(all - forOthers, Math.ceil(all / 2)),
};

/**
 * Bounds how many connections one address can hold, over all listeners. One that has had its share gives up the one it has used
 * least lately, if none of its requests is being answered there; without such a one the new connection is closed. So who holds
 * silent connections takes nothing from others, and little from himself.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #byAddress = new Map<string, Set<Socket>>();
  readonly #busy = new WeakMap<Socket, number>();
  #count = 0;

  constructor(limits: ConnectionLimits = connectionLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#count;
  }

  watch(server: Server): void {
    server.on('connection', (socket) => this.#opened(socket));
    const begun = (request: IncomingMessage, response: ServerResponse) => this.#begun(request.socket, response);
    server.on('request', begun);
    server.on('checkContinue', begun);
  }

  #opened(socket: Socket): void {
    const { total, local, perAddress } = this.#limits;
    const address = socket.remoteAddress ?? '';
    const own = this.#byAddress.get(address) ?? new Set<Socket>();
    const most = isLoopbackAddress(address) ? local : perAddress;
    if (own.size >= most && !this.#makeRoom(own)) return void socket.destroy();
    if (this.#count >= total && !this.#makeRoom(this.#largest())) return void socket.destroy();
    own.add(socket);
    this.#byAddress.set(address, own);
    this.#count++;
    socket.once('close', () => this.#closed(address, socket));
  }

  #closed(address: string, socket: Socket): void {
    const own = this.#byAddress.get(address);
    if (!own?.delete(socket)) return;
    this.#count--;
    if (own.size === 0) this.#byAddress.delete(address);
  }

  #begun(socket: Socket, response: ServerResponse): void {
    this.#busy.set(socket, (this.#busy.get(socket) ?? 0) + 1);
    response.once('close', () => {
      this.#busy.set(socket, (this.#busy.get(socket) ?? 1) - 1);
      // Used lately, so at the end of the line.
      const own = this.#byAddress.get(socket.remoteAddress ?? '');
      if (own?.delete(socket)) own.add(socket);
    });
  }

  /** Closes the first connection in line that answers nothing. */
  #makeRoom(among: ReadonlySet<Socket>): boolean {
    for (const socket of among) {
      if ((this.#busy.get(socket) ?? 0) > 0) continue;
      this.#closed(socket.remoteAddress ?? '', socket);
      socket.destroy();
      return true;
    }
    return false;
  }

  #largest(): ReadonlySet<Socket> {
    return [...this.#byAddress.values()].reduce((most, own) => (own.size > most.size ? own : most), new Set<Socket>());
  }
}

import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { GatewayState } from '../../shared/state.ts';
import { ChatError } from './chat/errors.ts';
import { type GuardOptions, hostNames } from './http/guard.ts';
import { Guesses } from './http/guesses.ts';
import { knowPeer, peerIn, peerOf, Nets } from './http/peer.ts';
import { readJsonWithin } from './http/json-body.ts';
import { slots } from './http/slots.ts';
import { isEveryAddress, lanAddresses } from './http/lan.ts';
import { isHere } from './http/reach.ts';
import type { Settings } from './settings/settings.ts';

export interface BorderOptions {
  readonly settings: Settings;
  readonly host: () => string;
  /** The port clients use. */
  readonly port: () => number;
  readonly changed: () => void;
  readonly log: Logger;
}

/** Who may come in from where, before it is asked with which key: what every request passes (docs/security.md). */
export class Border {
  readonly guard: GuardOptions;
  readonly body: RequestHandler;
  /** Stands before whatever costs a provider something. */
  readonly slot: RequestHandler;
  readonly #settings: Settings;
  readonly #guesses: Guesses;
  readonly #proxies = knownNets();
  readonly #clients = knownNets();

  constructor({ settings, host, port, changed, log }: BorderOptions) {
    this.#settings = settings;
    this.body = readJsonWithin(() => settings.get('server.maxMegabytes'));
    this.slot = slots(() => settings.get('server.maxRequests'));
    this.#guesses = new Guesses(Date.now, ({ address }) => {
      log.warn({ address }, 'wrong keys, one after the other: this address is slowed down');
      changed();
    });
    this.guard = {
      port,
      allowedHosts: () => {
        const at = host();
        const own = isEveryAddress(at) ? lanAddresses() : hostNames(at);
        return [...settings.get('server.allowedHosts'), ...own];
      },
      anyPort: () => !isHere(host()),
      allowedOrigins: () => settings.get('server.allowedOrigins'),
      rootPath: settings.get('server.rootPath'),
    };
  }

  /** Whoever has sent wrong keys lately. */
  guessing(): GatewayState['guessing'] {
    return this.#guesses.latest();
  }

  /** Learns who asks; another computer may have to be on the list of the user. An address elsewhere that has guessed keys waits before it is compared with any. */
  readonly enter: RequestHandler = (request, response, next) => {
    const peer = peerOf(request, this.#proxies(this.#settings.get('server.trustedProxies')));
    knowPeer(response, peer);
    const clients = this.#settings.get('server.allowedClients');
    const stranger =
      clients.length > 0 && !peer.local && !isHere(peer.address) && !this.#clients(clients).has(peer.address);
    if (stranger) return next(notListed(peer.address));
    const wait = peer.local || !sendsKey(request.headers) ? 0 : this.#guesses.wait(peer.address);
    next(wait > 0 ? tooMany(wait) : undefined);
  };

  /** The window and what else is for the administrator answer programs of this computer, unless the user has said otherwise. */
  readonly onlyHere: RequestHandler = (_request, response, next) => {
    if (peerIn(response).local || this.#settings.get('server.remoteAdmin')) return next();
    throw new ChatError('forbidden_origin', 'This is only for programs on the computer that Traygate runs on.', {
      hint: 'Open it there; or set TRAYGATE_REMOTE_ADMIN, and TRAYGATE_TRUSTED_PROXIES behind a proxy.',
    });
  };

  /**
   * Counts wrong keys. On this computer a right one is taken all the same: another program that was set up badly must not
   * lock this user out, and the keys made here cannot be guessed.
   */
  readonly leave: ErrorRequestHandler = (error: unknown, request, response, next) => {
    const wrong = error instanceof ChatError && error.code === 'invalid_api_key' && error.status === 401;
    if (!wrong || !sendsKey(request.headers)) return next(error);
    const { address } = peerIn(response);
    const before = this.#guesses.wait(address);
    const wait = this.#guesses.wrong(address);
    next(before > 0 ? tooMany(wait) : error);
  };
}

/** Made once for as long as the setting stays the same. */
function knownNets(): (nets: readonly string[]) => Nets {
  let made: { readonly nets: readonly string[]; readonly list: Nets } | null = null;
  return (nets) => {
    if (made?.nets !== nets) made = { nets, list: new Nets(nets) };
    return made.list;
  };
}

const notListed = (address: string): ChatError =>
  new ChatError('forbidden_origin', `This Traygate answers listed computers only, and ${address} is not among them.`, {
    hint: 'Add the address to “Devices that may connect” (TRAYGATE_ALLOWED_CLIENTS).',
  });

const sendsKey = (headers: Readonly<Record<string, unknown>>): boolean =>
  headers['authorization'] !== undefined || headers['x-api-key'] !== undefined;

const tooMany = (retryAfterMs: number): ChatError =>
  new ChatError('invalid_api_key', 'There were too many wrong keys from this address.', {
    status: 429,
    retryAfterMs,
    hint: 'Wait, then send the key that the Traygate window shows.',
  });

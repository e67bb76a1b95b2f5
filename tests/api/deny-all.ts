/**
 * Loaded into the product before anything else (`node --import`): no name has an address and nothing beyond this computer can
 * be dialled. What was asked for is written to the file that TRAYGATE_TEST_DIALLED names, one a line.
 */
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const file = process.env['TRAYGATE_TEST_DIALLED'] ?? '';
const isHere = (host: string): boolean => host === '' || /^(localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/i.test(host); // prettier-ignore
const denied = (host: string): Error => Object.assign(new Error(`ENOTFOUND ${host}`), { code: 'ENOTFOUND', hostname: host }); // prettier-ignore
const note = (host: string): void => appendFileSync(file, `${host}\n`);

/** With a callback as the last argument. */
function deny(module: object, name: string): void {
  const original: unknown = Reflect.get(module, name);
  if (typeof original !== 'function') return;
  Reflect.set(module, name, (host: string, ...rest: unknown[]) => {
    if (isHere(host)) return Reflect.apply(original, module, [host, ...rest]) as unknown;
    note(host);
    const callback = rest.at(-1);
    if (typeof callback !== 'function') return Promise.reject(denied(host));
    return process.nextTick(callback, denied(host));
  });
}

for (const name of Object.keys(dns).filter((key) => /^(lookup|resolve|reverse)/.test(key))) {
  deny(dns, name);
  deny(dns.promises, name);
}

/** Addresses are dialled without a resolver. */
const connect: unknown = Reflect.get(net.Socket.prototype, 'connect');
Reflect.set(net.Socket.prototype, 'connect', function (this: net.Socket, ...args: unknown[]) {
  const [first] = args.flat();
  const host = typeof first === 'object' && first !== null && 'host' in first ? String(first.host) : '';
  if (net.isIP(host) === 0 || isHere(host))
    return typeof connect === 'function' ? (Reflect.apply(connect, this, args) as unknown) : this;
  note(host);
  process.nextTick(() => this.destroy(denied(host)));
  return this;
});

syncBuiltinESMExports();

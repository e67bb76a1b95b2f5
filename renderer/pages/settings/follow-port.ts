import { isDesktop } from '../../lib/wire.ts';

/** In a browser the page itself comes from the gateway, so it goes with it to the new port. */
export function followPort(port: number): void {
  if (isDesktop || location.port === String(port)) return;
  const next = new URL(location.href);
  next.port = String(port);
  location.replace(next);
}

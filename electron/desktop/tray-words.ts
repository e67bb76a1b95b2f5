import type { GatewayState, ProviderState } from '../../shared/state.ts';
import type { Texts } from './texts.ts';

/** The first line of the menu: what the gateway does, and where. */
export function stateLine(state: GatewayState, texts: Texts): string {
  const running = state.paused ? `◍ ${texts.paused}` : `● ${texts.running(addressOf(state))}`;
  const lines: Record<GatewayState['status'], string> = {
    running,
    starting: `◌ ${texts.starting}`,
    stopping: `◌ ${texts.stopping(state.inFlight)}`,
    stopped: `○ ${texts.stopped}`,
    error: `▲ ${state.error?.code === 'port_in_use' ? texts.portInUse(state.port) : texts.cannotStart}`,
  };
  return lines[state.status];
}

/** One provider's health in a few words. */
export function providerState(
  { state, usable, total, until }: ProviderState,
  { provider }: Texts,
  now: number,
): string {
  const lines: Record<ProviderState['state'], string> = {
    ok: `✓ ${total > 0 ? provider.someReady(usable, total) : provider.ready}`,
    guest: `✓ ${provider.guest}`,
    cooling: `⏱ ${until !== null && until > now ? provider.cooling(countdown(until - now)) : provider.resting}`,
    'needs-token': `! ${provider.needsToken}`,
    off: `– ${provider.off}`,
  };
  return lines[state];
}

function countdown(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export const addressOf = ({ host, port }: GatewayState): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

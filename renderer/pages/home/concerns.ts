import type { Figures } from '../../../shared/figures.ts';
import type { PortTaken, Stranger } from '../../../shared/port.ts';
import type { ClockOff } from '../../../shared/clock-off.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import { providerName } from '../../lib/provider-name.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { isPlainConnection } from '../../lib/plain-connection.ts';
import { isWanted } from '../../lib/providers.ts';

export type Concern =
  | { kind: 'not-running'; message: string }
  /** It does not listen, or on another port than it should. */
  | { kind: 'port-taken' | 'port-changed'; taken: PortTaken }
  | { kind: 'stranger'; stranger: Stranger }
  | { kind: 'rejected'; provider: ProviderId; name: string; count: number }
  | { kind: 'needs-token'; provider: ProviderId; name: string }
  | { kind: 'cooling'; provider: ProviderId; name: string; until: number | null }
  | { kind: 'problem'; provider: ProviderId; name: string; code: string; message: string }
  | { kind: 'guessing'; address: string; wrong: number }
  /** What replicas share cannot be asked for. */
  | { kind: 'replicas'; error: string }
  | { kind: 'clock'; off: ClockOff }
  | { kind: 'plain-connection' }
  | { kind: 'plain' };

/** @param rejected tokens in use that their provider has rejected */
export function useConcerns(rejected: Figures['rejected']): Concern[] {
  const { clockOff, error, guessing, portTaken, providers, replicas, secretStorage, status, stranger } = useGateway();
  const concerns: Concern[] = [];
  if (portTaken) concerns.push({ kind: status === 'error' ? 'port-taken' : 'port-changed', taken: portTaken });
  else if (status === 'error' && error !== null) concerns.push({ kind: 'not-running', message: error.message });
  if (stranger) concerns.push({ kind: 'stranger', stranger });
  for (const { id, problem, state, until } of providers.filter(isWanted)) {
    const about = { provider: id, name: providerName(id) };
    if (problem !== null) concerns.push({ kind: 'problem', ...about, code: problem.code, message: problem.message });
    const refused = rejected.find(({ provider }) => provider === id);
    if (refused) concerns.push({ kind: 'rejected', ...about, count: refused.count });
    if (state === 'needs-token') concerns.push({ kind: 'needs-token', ...about });
    if (state === 'cooling') concerns.push({ kind: 'cooling', ...about, until });
  }
  if (guessing) concerns.push({ kind: 'guessing', address: guessing.address, wrong: guessing.wrong });
  if (replicas && replicas.error !== null) concerns.push({ kind: 'replicas', error: replicas.error });
  if (clockOff) concerns.push({ kind: 'clock', off: clockOff });
  if (isPlainConnection(window.location)) concerns.push({ kind: 'plain-connection' });
  if (secretStorage === 'plain') concerns.push({ kind: 'plain' });
  return concerns;
}

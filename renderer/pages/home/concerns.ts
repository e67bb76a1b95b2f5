import type { ProviderId } from '../../../shared/provider.ts';
import { providerName } from '../../lib/provider-name.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { isWanted } from '../../lib/providers.ts';

export type Concern =
  | { kind: 'not-running'; portInUse: number | null; message: string }
  | { kind: 'needs-token'; provider: ProviderId; name: string }
  | { kind: 'cooling'; provider: ProviderId; name: string; until: number | null }
  | { kind: 'problem'; provider: ProviderId; name: string; code: string; message: string }
  | { kind: 'plain' };

export function useConcerns(): Concern[] {
  const { error, port, providers, secretStorage, status } = useGateway();
  const concerns: Concern[] = [];
  if (status === 'error' && error !== null) {
    concerns.push({
      kind: 'not-running',
      portInUse: error.code === 'port_in_use' ? port : null,
      message: error.message,
    });
  }
  for (const { id, problem, state, until } of providers.filter(isWanted)) {
    const about = { provider: id, name: providerName(id) };
    if (problem !== null) concerns.push({ kind: 'problem', ...about, code: problem.code, message: problem.message });
    if (state === 'needs-token') concerns.push({ kind: 'needs-token', ...about });
    if (state === 'cooling') concerns.push({ kind: 'cooling', ...about, until });
  }
  if (secretStorage === 'plain') concerns.push({ kind: 'plain' });
  return concerns;
}

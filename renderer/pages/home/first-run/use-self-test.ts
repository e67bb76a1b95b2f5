import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { Finding } from '../../../../shared/radar.ts';
import type { ProviderState } from '../../../../shared/state.ts';
import { call } from '../../../lib/backend.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { useRadar } from '../../../lib/queries.ts';
import { useSettings } from '../../../lib/settings.ts';

export type StepState = 'waiting' | 'running' | 'ok' | 'failed' | 'skipped';

export interface SelfTest {
  readonly listening: StepState;
  readonly key: StepState;
  readonly reach: StepState;
  readonly answer: StepState;
  /** Whom the last two ask: the only one that answers strangers. */
  readonly provider: ProviderState | undefined;
  readonly finding: Finding | undefined;
  readonly checkKey: () => void;
  readonly askProvider: () => void;
}

/** The provider was never reached, so that nothing is known of its answers. */
const unreached: ReadonlySet<Finding['broken']> = new Set(['network', 'dns', 'tls', 'proxy', 'timeout']);

function far(finding: Finding | undefined, running: boolean, canAsk: boolean): Pick<SelfTest, 'reach' | 'answer'> {
  if (running) return { reach: 'running', answer: 'waiting' };
  if (finding === undefined)
    return canAsk ? { reach: 'waiting', answer: 'waiting' } : { reach: 'skipped', answer: 'skipped' };
  if (unreached.has(finding.broken)) return { reach: 'failed', answer: 'waiting' };
  return { reach: 'ok', answer: finding.broken === null ? 'ok' : 'failed' };
}

/** One window asks once, however often Home is shown. */
let asked = false;

/** Whether it works, from the own address to a first answer, step by step; what has not been asked yet is asked by itself. */
export function useSelfTest(): SelfTest {
  const { baseUrl, keyEnding, providers, status } = useGateway();
  const { data: settings } = useSettings();
  const { data: radar } = useRadar();
  const running = status === 'running';
  const key = useQuery({
    queryKey: ['self-test', baseUrl, keyEnding],
    queryFn: () => call('test.key'),
    enabled: running,
    retry: false,
  });
  const provider = providers.find(({ id }) => id === 'zai');
  const canAsk = provider !== undefined && provider.enabled && (provider.guestMode || provider.total > 0);
  const finding = radar?.findings.find((known) => known.provider === 'zai');
  const busy = radar?.running.includes('zai') ?? false;
  const keyState: StepState = !running || key.isPending ? 'waiting' : key.data?.ok === true ? 'ok' : 'failed';
  const askProvider = () => void call('radar.run', { provider: 'zai' }).catch(() => undefined);

  const wanted =
    settings?.values['ui.selfTest'] === true && keyState === 'ok' && canAsk && radar !== undefined && !busy && !finding;
  const askOnce = useEffectEvent(() => {
    if (asked) return;
    asked = true;
    askProvider();
  });
  useEffect(() => {
    if (wanted) askOnce();
  }, [wanted]);

  return {
    listening: running ? 'ok' : status === 'starting' ? 'running' : 'failed',
    key: key.isFetching ? 'running' : keyState,
    ...far(finding, busy, canAsk),
    provider,
    finding,
    checkKey: () => void key.refetch(),
    askProvider,
  };
}

import { useCallback, useSyncExternalStore } from 'react';
import type { TrialAsk, TrialCall, TrialStep, TrialView } from '../../shared/trials.ts';
import { attempt } from './toasts.ts';
import { call } from './backend.ts';

/** Requests of this window, by the id that it has made up; steps of other windows' are no concern of it. */
const trials = new Map<string, TrialView>();
const listeners = new Map<string, Set<() => void>>();

function put(view: TrialView): void {
  trials.set(view.id, view);
  for (const listener of listeners.get(view.id) ?? []) listener();
}

const blank = (id: string): TrialView => ({
  id,
  exchangeId: null,
  text: '',
  reasoning: '',
  calls: [],
  cut: false,
  end: null,
});

function withChanged(known: readonly TrialCall[], changed: readonly TrialCall[]): TrialCall[] {
  const all = new Map(known.map((one) => [one.index, one]));
  for (const one of changed) all.set(one.index, one);
  return [...all.values()];
}

/** Adds a step; where one before it was missed, everything is read anew. */
export function trialStepped(step: TrialStep): void {
  const known = trials.get(step.id);
  if (!known || known.end) return;
  if (step.textAt !== known.text.length || step.reasoningAt !== known.reasoning.length) {
    void reread(step.id);
    return;
  }
  put({
    id: step.id,
    exchangeId: step.exchangeId,
    text: known.text + step.text,
    reasoning: known.reasoning + step.reasoning,
    calls: step.calls.length > 0 ? withChanged(known.calls, step.calls) : known.calls,
    cut: step.cut,
    end: step.end,
  });
}

async function reread(id: string): Promise<void> {
  const view = await call('trial.get', { id }).catch(() => null);
  if (view) put(view);
}

/** Events may have been missed: what is still open is read anew. */
export function rereadTrials(): void {
  for (const { id, end } of trials.values()) if (end === null) void reread(id);
}

let made = 0;
/** Nobody else makes the same: the page, and the number within it. */
const page = crypto.getRandomValues(new Uint32Array(2)).join('-');

/** Sends a request and gives its id at once; a refusal is told in a toast and ends it. */
export function startTrial(ask: TrialAsk): string {
  const id = `${page}-${++made}`;
  put(blank(id));
  void begin(id, ask);
  return id;
}

async function begin(id: string, ask: TrialAsk): Promise<void> {
  const started = await attempt(call('trial.start', { ...ask, id }));
  const view = trials.get(id);
  if (started === null && view) put({ ...view, end: { outcome: 'cancelled', status: null, failure: null } });
}

export function stopTrials(ids: readonly string[]): void {
  const running = ids.filter((id) => trials.get(id)?.end === null);
  if (running.length > 0) void call('trial.cancel', { ids: running }).catch(() => undefined);
}

export const isRunning = (id: string | null): boolean => id !== null && trials.get(id)?.end === null;

/** Waits for the end of one. */
export function trialEnded(id: string): Promise<TrialView> {
  return new Promise((resolve) => {
    const check = () => {
      const view = trials.get(id);
      if (!view?.end) return;
      stop();
      resolve(view);
    };
    const stop = watch(id, check);
    check();
  });
}

export function forgetTrial(id: string | null): void {
  if (id !== null && trials.get(id)?.end) trials.delete(id);
}

function watch(id: string, listener: () => void): () => void {
  const all = listeners.get(id) ?? new Set();
  listeners.set(id, all.add(listener));
  return () => {
    all.delete(listener);
    if (all.size === 0) listeners.delete(id);
  };
}

/** What has come of a request so far. */
export function useTrial(id: string | null): TrialView | null {
  const subscribe = useCallback((listener: () => void) => (id === null ? () => {} : watch(id, listener)), [id]);
  return useSyncExternalStore(subscribe, () => (id === null ? null : (trials.get(id) ?? null)));
}

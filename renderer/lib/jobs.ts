import { createStore } from './store.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** How far the work has come that this window has given a name. */
export const jobs = createStore<ReadonlyMap<string, Progress>>(new Map());

let made = 0;

/** A name for work that is about to be asked for. Other windows hear of it as well, so it must not be one of theirs. */
export function beginJob(total: number): string {
  const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}-${++made}`;
  jobs.set(new Map(jobs.get()).set(id, { done: 0, total }));
  return id;
}

export function endJob(id: string): void {
  const left = new Map(jobs.get());
  left.delete(id);
  jobs.set(left);
}

/** Somebody's work has come further; what is not this window's is nothing to it. */
export function jobProgressed({ id, done, total }: Progress & { readonly id: string }): void {
  if (jobs.get().has(id)) jobs.set(new Map(jobs.get()).set(id, { done, total }));
}

import { createStore } from '../../lib/store.ts';
import type { FieldId } from './fields/fields.ts';

const markedMs = 2_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The setting that a search has led to; it is marked for a moment, and has the focus. */
export const sought = createStore<{ readonly id: FieldId } | null>(null);

export function seek(id: FieldId): void {
  clearTimeout(timer);
  sought.set({ id });
  timer = setTimeout(() => sought.set(null), markedMs);
}

import { createStore } from '../../../lib/store.ts';

/** The step that all charts point at; null: none. */
export const cursor = createStore<number | null>(null);

/** Charts whose crosshairs move together. */
export const syncKey = 'home';

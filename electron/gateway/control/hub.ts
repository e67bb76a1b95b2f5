import type { EventHub } from '../shell.ts';

/** Carries events from the gateway to every window. A listener that throws is a fault of its own and stops nobody else. */
export function createHub(onError: (error: unknown) => void): EventHub {
  const listeners = new Set<Parameters<EventHub['subscribe']>[0]>();
  return {
    emit(name, payload) {
      for (const listener of listeners) {
        try {
          listener(name, payload);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

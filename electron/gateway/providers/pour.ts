import { ChatError } from '../chat/errors.ts';
import type { ChatEvent } from '../chat/events.ts';
import type { ChatEvents, Pour, TakeEvents } from './provider.ts';

/** Hands over an answer batch by batch: without a promise for each where the provider can, else by iterating. */
export async function pour(events: ChatEvents, take: TakeEvents): Promise<void> {
  if (events.pour) return events.pour(take);
  for await (const batch of events) {
    const room = take(batch);
    if (room) await room;
  }
}

/** An answer that is poured, and can be iterated as well. */
export function poured(run: Pour): ChatEvents {
  return { pour: run, [Symbol.asyncIterator]: () => iterated(run) };
}

async function* iterated(run: Pour): AsyncGenerator<readonly ChatEvent[], void, undefined> {
  let handed = Promise.withResolvers<readonly ChatEvent[] | null>();
  let wanted = Promise.withResolvers<void>();
  const running = run((events) => {
    handed.resolve(events);
    return wanted.promise;
  });
  // Told through `handed`, to whoever waits for the next batch.
  running.then(
    () => handed.resolve(null),
    (error: unknown) => handed.reject(error),
  );
  try {
    for (;;) {
      const batch = await handed.promise;
      if (!batch) return;
      handed = Promise.withResolvers();
      handed.promise.catch(() => {});
      yield batch;
      const { resolve } = wanted;
      wanted = Promise.withResolvers();
      resolve();
    }
  } finally {
    wanted.promise.catch(() => {});
    wanted.reject(new ChatError('client_closed', 'The reader has left.'));
    await running.catch(() => {});
  }
}

import type { ChatEvent } from '../../chat/events.ts';
import type { ReplyCollector, StreamEncoder } from '../dialect.ts';

const verbatimOf = (events: readonly ChatEvent[]): string | undefined => {
  let text: string | undefined;
  for (const event of events) if (event.type === 'verbatim') text = (text ?? '') + event.text;
  return text;
};

/** Writes what the provider sent in the client's dialect where there is such a thing, and encodes everything else. */
export function passingOn(encoder: StreamEncoder): StreamEncoder {
  let verbatim = false;
  return {
    push(events) {
      const text = verbatimOf(events);
      verbatim ||= text !== undefined;
      return verbatim ? (text ?? '') : encoder.push(events);
    },
    fail: (error) => encoder.fail(error),
    keepAlive: () => encoder.keepAlive(),
  };
}

/** The same for a whole reply: the provider's own body, or the one made of the events. */
export function passingOnWhole(collector: ReplyCollector): ReplyCollector {
  let text: string | undefined;
  return {
    push(events) {
      const part = verbatimOf(events);
      if (part !== undefined) text = (text ?? '') + part;
      collector.push(events);
    },
    reply: (): unknown => (text === undefined ? collector.reply() : JSON.parse(text)),
  };
}

import type { ChatEvent } from './events.ts';
import type { ChatRequest, Message } from './request.ts';

/** Changes the batches of one attempt's answer. Stateful. */
export type Reshape = (events: readonly ChatEvent[]) => readonly ChatEvent[];

/** A request as the provider gets it, and what its answer then needs. */
export interface Plan {
  readonly request: ChatRequest;
  /** Makes the reader of one attempt's answer; undefined when it needs none. */
  readonly reshape: (() => Reshape) | undefined;
}

/** Two changes to answers as one, in this order. */
export function both(first: Plan['reshape'], second: Plan['reshape']): Plan['reshape'] {
  if (!first || !second) return first ?? second;
  return () => {
    const [one, two] = [first(), second()];
    return (events) => two(one(events));
  };
}

/** Puts instructions behind the words of the first system message, or into one of their own. */
export function withInstructions(messages: readonly Message[], words: string): Message[] {
  const place = messages.findIndex(({ role }) => role === 'system' || role === 'developer');
  const found = messages[place];
  if (!found) return [{ role: 'system', content: [{ type: 'text', text: words }] }, ...messages];
  const text = found.content.length > 0 ? `\n${words}` : words;
  return messages.with(place, { ...found, content: [...found.content, { type: 'text', text }] });
}

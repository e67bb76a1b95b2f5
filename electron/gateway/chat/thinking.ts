import type { ChatEvent } from './events.ts';

/** Text put around reasoning when it is shown inside the answer. */
const marks = {
  think: ['<think>', '</think>\n\n'],
  raw: ['<details type="reasoning" done="true">\n', '\n</details>\n\n'],
} as const;

/**
 * How reasoning reaches the client (THINKING_PROCESSING): `separate` leaves it in its own field, `strip` drops it, `think`
 * wraps it in think tags inside the answer, `raw` in the web page's own markup. Stateful: one per answer.
 */
export function createThinkingPolicy(
  mode: 'separate' | 'think' | 'strip' | 'raw',
): (events: readonly ChatEvent[]) => readonly ChatEvent[] {
  if (mode === 'separate') return (events) => events;
  if (mode === 'strip') return (events) => events.filter((event) => event.type !== 'reasoning');
  const [opening, closing] = marks[mode];
  let open = false;
  return (events) =>
    events.flatMap((event): ChatEvent[] => {
      if (event.type === 'reasoning') {
        const start = open ? '' : opening;
        open = true;
        return [{ type: 'text', text: start + event.text }];
      }
      if (!open || event.type === 'usage' || event.type === 'citation' || event.type === 'error') return [event];
      open = false;
      return [{ type: 'text', text: closing }, event];
    });
}

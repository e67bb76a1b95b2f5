import type { Notice } from '../../../../shared/notice.ts';
import type { ChatEvent, FinishReason } from '../events.ts';
import type { Tool } from '../request.ts';
import { ToolCallScanner, type ScannerOptions } from './scanner.ts';

/** Helpers for the tests of this folder. */

export const tool = (name: string, properties: object = {}, required: readonly string[] = []): Tool => ({
  name,
  parameters: { type: 'object', properties, required },
});

export interface Scanned {
  readonly text: string;
  readonly calls: readonly (readonly [name: string, args: string, id: string])[];
  readonly finish: FinishReason | undefined;
  readonly warnings: readonly Notice[];
}

/** One scan, its pieces merged. Generated ids are `new1`, `new2`… */
export function scan(pieces: readonly string[], tools: readonly Tool[], options: Partial<ScannerOptions & { reason: FinishReason }> = {}): Scanned {
  const warnings: Notice[] = [];
  let ids = 0;
  const scanner = new ToolCallScanner({
    tools,
    toolChoice: { type: 'auto' },
    limit: 200_000,
    warn: (notice) => warnings.push(notice),
    newId: () => `new${++ids}`,
    ...options,
  });
  const events = [
    ...pieces.flatMap((text) => scanner.push([{ type: 'text', text }])),
    ...scanner.push([{ type: 'finish', reason: options.reason ?? 'stop' }]),
  ];
  return { ...merged(events), warnings };
} // prettier-ignore

export function merged(events: readonly ChatEvent[]): Omit<Scanned, 'warnings'> {
  const calls: [string, string, string][] = [];
  let text = '';
  let finish: FinishReason | undefined;
  for (const event of events) {
    if (event.type === 'text') text += event.text;
    else if (event.type === 'finish') finish = event.reason;
    else if (event.type === 'tool-call-start') calls[event.index] = [event.name, '', event.id];
    else if (event.type === 'tool-call-delta') {
      const call = calls[event.index];
      if (call) call[1] += event.arguments;
    }
  }
  return { text, calls, finish };
}

/** Whole, at every single position, and character by character. */
export function splits(text: string): string[][] {
  const halves = Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => [
    text.slice(0, at + 1),
    text.slice(at + 1),
  ]);
  return [[text], ...halves, Array.from({ length: text.length }, (_, at) => text.charAt(at))];
}

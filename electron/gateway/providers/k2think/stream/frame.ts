import type { Usage } from '../../../chat/events.ts';
import { contentOf } from '../../wire/openai-chat/delta.ts';
import { usageIn } from '../../wire/openai-chat/usage.ts';
import { isRecord, listIn, parseJson, recordIn, textIn } from '../../wire/shared/json.ts';

/** One line of the answer stream, narrowed (README: Stream). */
export interface Frame {
  /** All of the text so far, or what is new of it. */
  readonly text: string;
  readonly done: boolean;
  readonly usage: Usage | undefined;
  /** Why the answer ends, where a choice says it. */
  readonly reason: string | undefined;
  /** The body of an error. */
  readonly error: unknown;
}

/** Words that stand for the end. `[DONE]` is the last line; the others have been seen before it. */
const ends: ReadonlySet<string> = new Set(['[DONE]', 'DONE', 'done', '-1']);

function errorIn(frame: Readonly<Record<string, unknown>>): unknown {
  const { error, detail } = frame;
  if (typeof error === 'string' ? error !== '' : isRecord(error) && Object.keys(error).length > 0) return frame;
  const answers = 'content' in frame || 'choices' in frame;
  return !answers && (typeof detail === 'string' || isRecord(detail) || Array.isArray(detail)) ? frame : undefined;
}

/** `silence` says nothing, `damaged` began like a frame, `last` and `end` are marks of the end. */
export function readFrame(data: string): Frame | 'silence' | 'damaged' | 'last' | 'end' {
  const line = data.trim();
  if (ends.has(line)) return line === '[DONE]' ? 'last' : 'end';
  // Words keep a connection open; they were never text.
  if (!line.startsWith('{')) return 'silence';
  const frame = parseJson(line);
  if (!isRecord(frame)) return 'damaged';
  const choice = (listIn(frame, 'choices') ?? []).find(isRecord) ?? {};
  const message = isRecord(choice['delta']) ? choice['delta'] : recordIn(choice, 'message');
  return {
    text: textIn(frame, 'content') ?? contentOf(message),
    done: frame['done'] === true,
    usage: usageIn(frame),
    reason: textIn(choice, 'finish_reason'),
    error: errorIn(frame),
  };
}

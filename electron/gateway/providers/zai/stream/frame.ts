import { isRecord, parseJson, type Json } from '../../wire/shared/json.ts';

/** One event of the answer stream, narrowed (README: Stream). The hot path: no schema library. */
export interface Frame {
  readonly phase: string | undefined;
  /** Text to append; '' when there is none. */
  readonly delta: string;
  /** Text that replaces everything from `index` code points on. */
  readonly edit: { readonly index: number; readonly text: string } | undefined;
  readonly done: boolean;
  /** Whatever stands in one of the three places for errors. */
  readonly error: unknown;
  /** The rest, for the rarer fields. */
  readonly data: Json;
  /** Nothing but text of a phase. */
  readonly bare: boolean;
}

const envelope = 'chat:completion';
const textKeys: ReadonlySet<string> = new Set(['delta_content', 'phase']);

function errorIn(...levels: unknown[]): unknown {
  for (const level of levels) {
    const error = isRecord(level) ? level['error'] : undefined;
    if (isRecord(error) || (typeof error === 'string' && error) || error === true) return error;
  }
  return undefined;
}

function editIn(data: Json): Frame['edit'] {
  const text = data['edit_content'];
  const index = data['edit_index'];
  if (typeof text !== 'string') return undefined;
  // Without a usable index the text can only be meant to follow what is there.
  const usable = typeof index === 'number' && Number.isFinite(index);
  return { index: usable ? Math.max(0, Math.trunc(index)) : Number.MAX_SAFE_INTEGER, text };
}

/** Undefined for what is not part of an answer: `[DONE]`, broken JSON, titles, notifications, heartbeats. */
export function readFrame(text: string): Frame | undefined {
  const outer = parseJson(text);
  if (!isRecord(outer)) return undefined;
  const type = outer['type'];
  const inside = outer['data'];
  const data = isRecord(inside) ? inside : outer;
  const error = errorIn(isRecord(data['data']) ? data['data'] : undefined, data, outer);
  if (typeof type === 'string' && type !== envelope && error === undefined) return undefined;
  const phase = typeof data['phase'] === 'string' ? data['phase'] : undefined;
  const delta = typeof data['delta_content'] === 'string' ? data['delta_content'] : '';
  const done = data['done'] === true || phase === 'done';
  const bare = delta !== '' && !done && error === undefined && Object.keys(data).every((key) => textKeys.has(key));
  return { phase, delta, edit: delta ? undefined : editIn(data), done, error, data, bare };
}

const opening = '"delta_content":"';
/** What makes the inside of a JSON string something else than the string itself, or ends it. */
const special = /["\\\p{Cc}]/u;

/**
 * Reads the frames of one answer. Of its thousands of frames nearly all differ in their text alone, so what stands around the
 * text of the last bare frame is kept: a frame with the same surroundings and a text without quotes, escapes and control
 * characters is the same JSON but for that text, and need not be parsed.
 */
export class FrameReader {
  #head = '';
  #tail = '';
  #last: Frame | undefined;

  read(text: string): Frame | undefined {
    if (this.#last && text.startsWith(this.#head) && text.endsWith(this.#tail)) {
      const delta = text.slice(this.#head.length, -this.#tail.length);
      if (delta !== '' && !special.test(delta)) return { ...this.#last, delta };
    }
    const frame = readFrame(text);
    if (frame?.bare) this.#keep(text, frame);
    return frame;
  }

  #keep(text: string, frame: Frame): void {
    const at = text.indexOf(opening);
    const start = at + opening.length;
    const end = start + frame.delta.length;
    // Once only, and not escaped: then this is where the text of the frame stands.
    if (at === -1 || text.indexOf(opening, start) !== -1 || text.slice(start, end) !== frame.delta || text[end] !== '"')
      return;
    if (special.test(frame.delta)) return;
    this.#head = text.slice(0, start);
    this.#tail = text.slice(end);
    this.#last = frame;
  }
}

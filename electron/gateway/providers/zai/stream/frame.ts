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
}

const envelope = 'chat:completion';

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
  return { phase, delta, edit: delta ? undefined : editIn(data), done, error, data };
}

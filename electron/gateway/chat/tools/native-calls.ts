import type { Notice } from '../../../../shared/notice.ts';
import type { ChatEvent } from '../events.ts';
import { asJson, closingOf, isJson } from '../json/complete.ts';
import type { Reshape } from '../reshape.ts';

interface Call {
  readonly name: string;
  readonly pieces: string[];
}

/**
 * Sees to it that the arguments of calls in a provider's own fields are JSON. A stream has them as they come, so that only
 * missing brackets can be added; a whole answer is repaired. What cannot be, or was cut by a length limit, is passed on as
 * the model wrote it: a client can tell the model.
 */
export function nativeCalls(delivery: 'stream' | 'whole', warn: (notice: Notice) => void): Reshape {
  const open = new Map<number, Call>();
  /** Calls that are over and no JSON: what becomes of them depends on why the answer ends. */
  const broken = new Map<number, Call>();
  const delta = (index: number, text: string): ChatEvent[] =>
    text === '' ? [] : [{ type: 'tool-call-delta', index, arguments: text }];

  const ended = (index: number, event: ChatEvent): readonly ChatEvent[] => {
    const call = open.get(index);
    if (!call) return [event];
    open.delete(index);
    const text = call.pieces.join('');
    if (text.trim() === '' || isJson(text)) return delivery === 'whole' ? [...delta(index, text), event] : [event];
    broken.set(index, call);
    return [];
  };

  const settled = ([index, { name, pieces }]: [number, Call], cut: boolean): ChatEvent[] => {
    const text = pieces.join('');
    const mended = cut ? undefined : delivery === 'whole' ? asJson(text) : closingOf(text);
    if (mended === undefined && !cut) warn({ code: 'arguments_unreadable', tool: name });
    const rest = delivery === 'whole' ? (mended ?? text) : (mended ?? '');
    return [...delta(index, rest), { type: 'tool-call-end', index }];
  };

  const changed = (event: ChatEvent): readonly ChatEvent[] => {
    if (event.type === 'tool-call-start') {
      const { index, name } = event;
      // A provider that uses a number again has ended what had it.
      const before = open.has(index) ? ended(index, { type: 'tool-call-end', index }) : [];
      const call = broken.get(index);
      broken.delete(index);
      open.set(index, { name, pieces: [] });
      return [...before, ...(call ? settled([index, call], false) : []), event];
    }
    if (event.type === 'tool-call-delta') {
      open.get(event.index)?.pieces.push(event.arguments);
      if (delivery === 'whole' && open.has(event.index)) return [];
    } else if (event.type === 'tool-call-end') return ended(event.index, event);
    else if (event.type === 'finish') {
      const left = [...open].flatMap(([index]) => ended(index, { type: 'tool-call-end', index }));
      return [...left, ...[...broken].flatMap((call) => settled(call, event.reason === 'length')), event];
    }
    return [event];
  };

  return (events) => {
    const plain = events.every(({ type }) => type !== 'finish' && !type.startsWith('tool-call'));
    return plain ? events : events.flatMap(changed);
  };
}

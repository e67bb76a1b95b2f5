import type { Notice } from '../../../../shared/notice.ts';
import type { ChatEvent } from '../events.ts';
import type { Misfit } from '../json/fit.ts';
import type { Reshape } from '../reshape.ts';
import { jsonIn } from './find.ts';

function misfit(problem: Misfit): Notice {
  if (!('property' in problem)) return { code: 'json_mistyped', ...problem };
  const { property, surplus } = problem;
  return { code: surplus ? 'json_surplus' : 'json_missing', property };
}

/**
 * Holds the text of an answer until its end, and leaves of it the JSON. Streams too: only the whole can be repaired and
 * checked, and clients that asked for JSON read it as a whole (docs/decisions.md). An answer without JSON stays as it is.
 */
export function holdJson(schema: unknown, warn: (notice: Notice) => void): Reshape {
  const pieces: string[] = [];
  let calls = false;

  const checked = (complete: boolean): string => {
    const text = pieces.join('');
    const found = jsonIn(text, schema, complete);
    if (!found && !calls) warn({ code: 'json_not_made' });
    if (found?.problem) warn(misfit(found.problem));
    return found?.json ?? text;
  };

  const changed = (event: ChatEvent): readonly ChatEvent[] => {
    if (event.type === 'text') {
      pieces.push(event.text);
      return [];
    }
    calls ||= event.type === 'tool-call-start';
    if (event.type !== 'finish') return [event];
    const text = checked(event.reason !== 'length');
    return text === '' ? [event] : [{ type: 'text', text }, event];
  };
  return (events) => events.flatMap(changed);
}

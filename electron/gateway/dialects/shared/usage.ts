import type { Usage } from '../../chat/events.ts';
import { present } from './present.ts';

/** Later reports win, field by field: some providers send the prompt's count first and the answer's last. */
export function mergeUsage(before: Usage | undefined, next: Usage): Usage {
  return { ...before, ...present(next) };
}

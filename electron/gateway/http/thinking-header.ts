import type { IncomingHttpHeaders } from 'node:http';
import { ChatError } from '../chat/errors.ts';
import { type ThinkingMode, thinkingModes } from '../chat/thinking.ts';

const header = 'x-traygate-thinking';

/** How one request wants its reasoning, in any dialect. Throws ChatError `invalid_parameter` with what is allowed. */
export function thinkingHeader(headers: IncomingHttpHeaders): ThinkingMode | undefined {
  const wanted = String(headers[header] ?? '')
    .trim()
    .toLowerCase();
  const mode = thinkingModes.find((known) => known === wanted);
  if (mode === undefined && wanted !== '')
    throw new ChatError('invalid_parameter', `${header} must be one of ${thinkingModes.join(', ')}.`, {
      param: header,
      hint: 'Correct the header, or leave it out.',
    });
  return mode;
}

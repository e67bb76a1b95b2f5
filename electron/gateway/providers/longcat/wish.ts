import type { ModelInfo } from '../../../../shared/model.ts';
import type { Notice } from '../../../../shared/notice.ts';
import type { ChatRequest, Sampling } from '../../chat/request.ts';
import { conversationText } from './history.ts';
import { switchesOf } from './models.ts';

/** A request in the site's terms, before anything was sent for it. */
export interface Wish {
  readonly content: string;
  readonly thinking: boolean;
  readonly search: boolean;
}

const provider = 'longcat';

/** The page has no setting for any of these. */
const fields: readonly (readonly [keyof Sampling, string])[] = [
  ['temperature', 'temperature'],
  ['topP', 'top_p'],
  ['maxTokens', 'max_tokens'],
  ['stop', 'stop'],
  ['seed', 'seed'],
  ['presencePenalty', 'presence_penalty'],
  ['frequencyPenalty', 'frequency_penalty'],
];

function notices(
  { sampling, tools, toolChoice, user, responseFormat, thinking }: ChatRequest,
  model: string,
): Notice[] {
  const lost = [
    ...fields.flatMap(([key, name]) => (sampling[key] === undefined ? [] : [name])),
    ...(user === undefined ? [] : ['user']),
    // Only where the setting wants tools in fields that the page does not have.
    ...(tools.length > 0 && toolChoice.type !== 'none' ? ['tools'] : []),
  ];
  const graded = thinking?.effort !== undefined && thinking.effort !== 'none';
  return [
    ...lost.map((field): Notice => ({ code: 'field_ignored_by', field, provider })),
    ...(responseFormat.type === 'text' ? [] : [{ code: 'format_not_enforced', provider } as const]),
    ...(graded ? [{ code: 'effort_ignored', model } as const] : []),
  ];
}

/** What the client asks for, as far as the site can do it; the rest is named in a notice. Throws ChatError. */
export function wishOf(request: ChatRequest, model: ModelInfo, warn: (notice: Notice) => void): Wish {
  const content = conversationText(request.messages);
  const usual = switchesOf(model);
  for (const notice of notices(request, model.id)) warn(notice);
  const { enabled, effort } = request.thinking ?? {};
  return {
    content,
    thinking: enabled ?? (effort === undefined ? usual.thinking : effort !== 'none'),
    search: request.search ?? usual.search,
  };
}

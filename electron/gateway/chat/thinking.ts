import { ownSetting } from './own-setting.ts';
import type { ChatEvent } from './events.ts';
import type { ChatRequest, Message, Part } from './request.ts';
import type { ModelInfo } from '../../../shared/model.ts';

/**
 * How reasoning reaches the client: in the form its dialect has for it, within the text in `<think>` tags, not at all, or
 * within the text in the markup of Z.AI's web page.
 */
export const thinkingModes = ['separate', 'think', 'strip', 'raw'] as const;
export type ThinkingMode = (typeof thinkingModes)[number];

export interface ThinkingSettings {
  readonly general: ThinkingMode;
  /** By model name, in any case. */
  readonly models: Readonly<Record<string, ThinkingMode>>;
}

/** The setting for the model, else the general one. */
export function thinkingModeOf({ general, models }: ThinkingSettings, { id }: Pick<ModelInfo, 'id'>): ThinkingMode {
  return ownSetting(models, id) ?? general;
}

/** Text put around reasoning when it is shown inside the answer. */
const marks = {
  think: ['<think>', '</think>\n\n'],
  raw: ['<details type="reasoning" done="true">\n', '\n</details>\n\n'],
} as const;

/** Puts the reasoning of one answer where the mode wants it. Stateful. */
export function createThinkingPolicy(mode: ThinkingMode): (events: readonly ChatEvent[]) => readonly ChatEvent[] {
  if (mode === 'separate') return (events) => events;
  if (mode === 'strip') return (events) => events.filter((event) => event.type !== 'reasoning');
  const [opening, closing] = marks[mode];
  let open = false;
  return (events) =>
    events.flatMap((event): ChatEvent[] => {
      if (event.type === 'reasoning') {
        // Only a signature: within the text there is no place for it.
        if (event.text === '') return [];
        const start = open ? '' : opening;
        open = true;
        return [{ type: 'text', text: start + event.text }];
      }
      if (!open || event.type === 'usage' || event.type === 'citation' || event.type === 'error') return [event];
      open = false;
      return [{ type: 'text', text: closing }, event];
    });
}

/** Reasoning that stands at the beginning of a text, as `createThinkingPolicy` has put it there. */
function liftedParts(text: string, [opening, closing]: (typeof marks)['think' | 'raw']): Part[] | undefined {
  // Clients trim texts, so the blanks around the marks may be gone.
  const start = text.trimStart();
  const end = start.startsWith(opening.trimEnd()) ? start.indexOf(closing.trim()) : -1;
  if (end === -1) return undefined;
  const answer = start.slice(end + closing.trim().length).trimStart();
  const reasoning: Part = { type: 'reasoning', text: start.slice(opening.trimEnd().length, end).trim() };
  return answer === '' ? [reasoning] : [reasoning, { type: 'text', text: answer }];
}

/**
 * Undoes in the history what the mode did to earlier answers: a client that got reasoning within the text sends it back as
 * text, and models are not meant to read it as something they have said.
 */
export function liftReasoning(request: ChatRequest, mode: ThinkingMode): ChatRequest {
  if (mode !== 'think' && mode !== 'raw') return request;
  const lifted = (message: Message): Message => {
    const [first, ...rest] = message.content;
    const parts =
      message.role === 'assistant' && first?.type === 'text' ? liftedParts(first.text, marks[mode]) : undefined;
    return parts ? { ...message, content: [...parts, ...rest] } : message;
  };
  return { ...request, messages: request.messages.map(lifted) };
}

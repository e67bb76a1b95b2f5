import { type Message, textOf } from '../../../chat/request.ts';
import { isRecord } from '../shared/json.ts';
import { type Block, blocksOf } from './blocks.ts';
import type { Target } from './traits.ts';

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: readonly Block[];
}

export interface Conversation {
  readonly system: string;
  readonly turns: readonly Turn[];
}

const isSystem = ({ role }: Message): boolean => role === 'system' || role === 'developer';

/** What stands before the first turn is the system prompt; a system message after it is said in the user's turn. */
export function conversation(messages: readonly Message[], target: Target): Conversation {
  const first = messages.findIndex((message) => !isSystem(message));
  const front = first === -1 ? messages : messages.slice(0, first);
  const system = systemText(front, target);
  // Nothing but a system prompt: it is what there is to answer.
  if (first === -1) return { system: '', turns: [{ role: 'user', content: [{ type: 'text', text: system || '…' }] }] };
  return { system, turns: turnsOf(messages.slice(first), target) };
}

function systemText(messages: readonly Message[], { warn }: Target): string {
  for (const { role, content } of messages)
    for (const { type } of content) if (type !== 'text') warn({ code: 'part_ignored', part: role, type });
  return messages
    .map(({ content }) => textOf(content))
    .filter((text) => text.trim() !== '')
    .join('\n\n');
}

/** Turns that alternate, the first of them the user's, results of tools before all else in a turn. */
function turnsOf(messages: readonly Message[], target: Target): Turn[] {
  const merged: { role: Turn['role']; content: Block[] }[] = [];
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const content = message.content.flatMap((part) => blocksOf(part, role, target));
    if (content.length === 0) continue;
    const last = merged.at(-1);
    if (last?.role === role) last.content.push(...content);
    else merged.push({ role, content });
  }
  if (merged[0]?.role !== 'user') merged.unshift({ role: 'user', content: [{ type: 'text', text: '…' }] });
  return merged.map(({ role, content }, place) => ({
    role,
    content: role === 'user' ? resultsFirst(content) : ended(content, place === merged.length - 1),
  }));
}

function resultsFirst(content: readonly Block[]): Block[] {
  const isResult = ({ type }: Block) => type === 'tool_result';
  return [...content.filter(isResult), ...content.filter((block) => !isResult(block))];
}

/** The API refuses an answer begun by the client that ends with blanks. */
function ended(content: readonly Block[], last: boolean): readonly Block[] {
  const block = content.at(-1);
  const text = block?.['text'];
  if (!last || !block || typeof text !== 'string') return content;
  return [...content.slice(0, -1), { ...block, text: text.trimEnd() }];
}

/** Whether the conversation stands in a turn of tool calls whose thinking did not come back with them. Also of a client's own turns. */
export function lacksThinking(turns: readonly unknown[]): boolean {
  const [asked, answered] = turns.slice(-2);
  const begins = typesIn(asked, 'assistant')[0];
  return begins !== undefined && !begins.endsWith('thinking') && typesIn(answered, 'user').includes('tool_result');
}

/** The kinds of the blocks of a turn, if it is of this role. */
function typesIn(turn: unknown, role: Turn['role']): string[] {
  const content = isRecord(turn) && turn['role'] === role ? turn['content'] : undefined;
  return Array.isArray(content) ? content.map((block) => (isRecord(block) ? String(block['type']) : '')) : [];
}

/** Frames of both generations as the site writes them (the provider's README: Stream). */

export type Data = Readonly<Record<string, unknown>>;

export const line = (data: Data, space = ' '): string => `data:${space}${JSON.stringify(data)}\n\n`;
export const done = 'data:[DONE]\n\n';

const conversationId = 'lc-conv-0001';
const ids = { conversationId, messageId: 20_000_002 };

export interface Said {
  readonly delta?: string;
  readonly reasoningDelta?: string;
  /** Everything so far. */
  readonly content?: string;
  readonly reasonContent?: string;
}

/** v1: pieces in `choices`, everything so far beside them. */
export function older(said: Said, more: Data = {}): string {
  const { delta = null, reasoningDelta = null, content = '', reasonContent = '' } = said;
  const part = { role: 'assistant', content: delta, reasoningContent: reasoningDelta, functionCall: null };
  return line({
    id: 'r1',
    ...ids,
    parentId: 20_000_001,
    object: 'chat.completion',
    created: 1_758_182_400,
    model: 'LongCat-Flash',
    choices: [{ delta: part, index: 0, finishReason: null }],
    content,
    reasonContent,
    contentStatus: 'PROCESSING',
    searchResults: null,
    tokenInfo: { promptTokens: 0, completionTokens: 0, totalTokens: 0, hasTokens: false },
    sensitive: false,
    lastOne: false,
    ...more,
  });
}

export const olderEnd = (content: string, usage: readonly [number, number], more: Data = {}): string =>
  older(
    { delta: '', content },
    {
      choices: [{ delta: { role: 'assistant', content: '' }, index: 0, finishReason: 'stop' }],
      contentStatus: 'FINISHED',
      tokenInfo: {
        promptTokens: usage[0],
        completionTokens: usage[1],
        totalTokens: usage[0] + usage[1],
        hasTokens: true,
      },
      lastOne: true,
      ...more,
    },
  );

/** V2: one event each. */
export const newer = (event: Data, more: Data = {}): string =>
  line({ ...ids, model: 'LongCat-2.0', event: { status: 'PROCESSING', ...event }, lastOne: false, ...more });

export const newerEnd = (finalContent: string, usage: readonly [number, number], event: Data = {}): string =>
  newer(
    {
      type: 'finish',
      status: 'FINISHED',
      finalContent,
      finishType: 'normal',
      usage: { inputTokens: usage[0], outputTokens: usage[1], totalTokens: usage[0] + usage[1] },
      ...event,
    },
    { lastOne: true },
  );

export const sources = [
  { title: 'Simulated source', url: 'https://example.com/source' },
  { title: 'Second source', url: 'https://example.org/second?x=1&y=2' },
];

/** Cuts text into pieces of a few characters without splitting a surrogate pair. */
export function pieces(text: string, size = 12): string[] {
  const points = Array.from(text);
  const parts: string[] = [];
  for (let at = 0; at < points.length; at += size) parts.push(points.slice(at, at + size).join(''));
  return parts;
}

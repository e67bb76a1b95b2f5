/** Frames of the Messages API as its documentation shows them. */

export type Data = Readonly<Record<string, unknown>>;

export const frame = (data: Data, event = String(data['type'])): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

export const messageStart = (model: string, usage: Data, extra: Data = {}): string =>
  frame({
    type: 'message_start',
    message: {
      id: 'msg_simulated',
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage,
      ...extra,
    },
  });

export const blockStart = (index: number, block: Data): string =>
  frame({ type: 'content_block_start', index, content_block: block });
export const blockDelta = (index: number, delta: Data): string => frame({ type: 'content_block_delta', index, delta });
export const blockStop = (index: number): string => frame({ type: 'content_block_stop', index });
export const ping = (): string => frame({ type: 'ping' });
export const messageDelta = (reason: string | null, usage: Data): string =>
  frame({ type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage });
export const messageStop = (): string => frame({ type: 'message_stop' });
export const errorFrame = (type: string, message: string): string =>
  frame({ type: 'error', error: { type, message }, request_id: 'req_simulated' });

/** Cuts text into pieces of a few characters without splitting a surrogate pair. */
export function pieces(text: string, size = 7): string[] {
  const points = Array.from(text);
  const cut: string[] = [];
  for (let at = 0; at < points.length; at += size) cut.push(points.slice(at, at + size).join(''));
  return cut;
}

/** One whole block as its start, its deltas and its stop. */
export function blockFrames(index: number, block: Data): string[] {
  const { type } = block;
  const [first, deltas] = parts(block);
  return [
    blockStart(index, first),
    ...deltas.map((delta) => blockDelta(index, delta)),
    ...(type === 'text' && Array.isArray(block['citations'])
      ? block['citations'].map((citation: unknown) => blockDelta(index, { type: 'citations_delta', citation }))
      : []),
    blockStop(index),
  ];
}

function parts(block: Data): [Data, Data[]] {
  switch (block['type']) {
    case 'text':
      return [{ type: 'text', text: '' }, pieces(String(block['text'])).map((text) => ({ type: 'text_delta', text }))];
    case 'thinking':
      return [
        { type: 'thinking', thinking: '', signature: '' },
        [
          ...pieces(String(block['thinking'])).map((thinking) => ({ type: 'thinking_delta', thinking })),
          { type: 'signature_delta', signature: block['signature'] },
        ],
      ];
    case 'tool_use':
    case 'server_tool_use':
      return [
        { ...block, input: {} },
        ['', ...pieces(JSON.stringify(block['input']), 5)].map((json) => ({
          type: 'input_json_delta',
          partial_json: json,
        })),
      ];
    default:
      return [block, []];
  }
}

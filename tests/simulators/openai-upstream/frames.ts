/** Pieces of a stream as OpenAI-compatible services write them. */

export type Data = Readonly<Record<string, unknown>>;

const head = { id: 'chatcmpl-simulated', object: 'chat.completion.chunk', created: 1_763_640_000 };

export const frame = (data: Data): string => `data: ${JSON.stringify(data)}\n\n`;
export const done = 'data: [DONE]\n\n';

export const chunk = (model: string, delta: Data, finishReason: string | null = null, more: Data = {}): string =>
  frame({ ...head, model, choices: [{ index: 0, delta, finish_reason: finishReason }], ...more });

/** The chunk of usage that OpenAI sends when asked for it. */
export const usageChunk = (model: string, usage: Data): string => frame({ ...head, model, choices: [], usage });

/** Text in pieces of a few characters, none of which cuts one in two. */
export function pieces(text: string, size = 7): string[] {
  const characters = Array.from(text);
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, place) =>
    characters.slice(place * size, (place + 1) * size).join(''),
  );
}

export interface Call {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** A call as OpenAI streams it: its name first, its arguments in fragments that repeat nothing. */
export function callDeltas({ id, name, arguments: text }: Call, index: number): Data[] {
  const first = { index, id, type: 'function', function: { name, arguments: '' } };
  const rest = pieces(text).map((piece) => ({ index, function: { arguments: piece } }));
  return [first, ...rest].map((call) => ({ tool_calls: [call] }));
}

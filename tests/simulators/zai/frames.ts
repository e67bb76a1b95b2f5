/** Upstream frames as the site writes them (the provider's README: Stream). */

export type Data = Readonly<Record<string, unknown>>;

export const frame = (data: Data): string => `data: ${JSON.stringify({ type: 'chat:completion', data })}\n\n`;

export const thinking = (text: string): string => frame({ delta_content: text, phase: 'thinking' });
export const answerDelta = (text: string): string => frame({ delta_content: text, phase: 'answer' });
export const done = (): string => frame({ phase: 'done', done: true });

export function usage(input: number, output: number): string {
  return frame({
    phase: 'other',
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output, prompt_tokens_details: {} },
  });
}

/** One error at the two depths the site puts it, with HTTP status 200. */
export function inbandError(error: Data): string {
  return frame({ data: { error, done: true }, error, done: true });
}

/** Cuts text into deltas of a few characters without splitting a surrogate pair. */
export function deltas(text: string, size = 12): string[] {
  const points = Array.from(text);
  const parts: string[] = [];
  for (let at = 0; at < points.length; at += size) parts.push(points.slice(at, at + size).join(''));
  return parts;
}

const sources = [
  { ref: 'turn0search0', title: 'Simulated source', url: 'https://example.com/source' },
  { ref: 'turn0search1', title: 'Second source', url: 'https://example.org/second?x=1&y=2' },
];

/** A search the site runs by itself, then its result: neither is the client's tool. */
export function searchRun(query: string): string[] {
  const id = 'call_51a0000000000000000000aa';
  const found = sources.map(
    (source) => `[ref_id=${source.ref}†${source.title}†${source.url}]\nDate: 2026-09-10\nA snippet.`,
  );
  const name = { delta_name: 'search', delta_arguments: '{"', metadata: { tool_call_id: id, type: 'function' } };
  return [
    frame({ phase: 'tool_call', ...name }),
    frame({
      phase: 'tool_call',
      delta_arguments: `search_query":[{"q":${JSON.stringify(query)}}]}`,
      metadata: { type: 'function' },
    }),
    frame({
      phase: 'tool_response',
      tool_name: 'search',
      status: 'completed',
      delta_content: found.join('\n'),
      metadata: { browser: {}, tool_call_id: id },
    }),
  ];
}

export interface SimulatedCall {
  readonly name: string;
  readonly arguments: string;
  readonly id?: string;
}

/** Ids are counted, so that calls of one answer differ. */
let calls = 0;

/** A client tool in the shape seen since 2026-09: name first, arguments in pieces. */
export function toolFragments(call: SimulatedCall): string[] {
  calls += 1;
  const metadata = { tool_call_id: call.id ?? `call_51a${String(calls).padStart(21, '0')}`, type: 'function' };
  const [first = '', ...rest] = deltas(call.arguments, 6);
  return [
    frame({ phase: 'tool_call', delta_name: call.name, delta_arguments: first, metadata }),
    ...rest.map((part) => frame({ phase: 'tool_call', delta_arguments: part, metadata: { type: 'function' } })),
  ];
}

/** One turn of a conversation, however its dialect writes it. */
export interface Turn {
  readonly role: string;
  readonly parts: readonly TurnPart[];
}
export interface TurnPart {
  readonly kind: 'text' | 'reasoning' | 'call' | 'result' | 'image' | 'other';
  readonly text: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function partOf(value: unknown): TurnPart {
  if (!isRecord(value)) return { kind: 'text', text: text(value) };
  const type = text(value['type']);
  if (type === 'thinking' || type === 'reasoning')
    return { kind: 'reasoning', text: text(value['thinking'] ?? value['summary'] ?? value['text']) };
  if (type === 'tool_use') return { kind: 'call', text: `${text(value['name'])} ${text(value['input'])}` };
  if (type === 'tool_result')
    return {
      kind: 'result',
      text: partsOf(value['content'])
        .map((part) => part.text)
        .join('\n'),
    };
  if (type.includes('image')) return { kind: 'image', text: text(value['image_url'] ?? value['source']).slice(0, 100) };
  if (typeof value['text'] === 'string') return { kind: 'text', text: value['text'] };
  return { kind: 'other', text: JSON.stringify(value) };
}

function partsOf(content: unknown): TurnPart[] {
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  return list(content).map(partOf);
}

function turnOf(value: unknown): Turn {
  if (!isRecord(value)) return { role: 'user', parts: [{ kind: 'text', text: text(value) }] };
  const type = text(value['type']);
  if (type === 'function_call')
    return { role: 'assistant', parts: [{ kind: 'call', text: `${text(value['name'])} ${text(value['arguments'])}` }] };
  if (type === 'function_call_output')
    return { role: 'tool', parts: [{ kind: 'result', text: text(value['output']) }] };
  const calls = list(value['tool_calls']).map((call): TurnPart => {
    const named = isRecord(call) && isRecord(call['function']) ? call['function'] : {};
    return { kind: 'call', text: `${text(named['name'])} ${text(named['arguments'])}` };
  });
  const reasoning = typeof value['reasoning_content'] === 'string' ? value['reasoning_content'] : '';
  return {
    role: typeof value['role'] === 'string' ? value['role'] : type || 'user',
    parts: [
      ...(reasoning === '' ? [] : [{ kind: 'reasoning', text: reasoning } as const]),
      ...partsOf(value['content'] ?? value['summary']),
      ...calls,
    ],
  };
}

/** The conversation in a request of any dialect; empty where there is none to be seen. */
export function turnsOf(body: unknown): Turn[] {
  if (!isRecord(body)) return [];
  const before = body['system'] ?? body['instructions'];
  const turns = typeof body['input'] === 'string' ? [body['input']] : list(body['messages'] ?? body['input']);
  return [
    ...(before === undefined || before === null ? [] : [{ role: 'system', parts: partsOf(before) }]),
    ...turns.map(turnOf),
  ];
}

/** Names of the tools that were offered. */
export function toolsOf(body: unknown): string[] {
  if (!isRecord(body)) return [];
  return list(body['tools']).flatMap((tool) => {
    if (!isRecord(tool)) return [];
    const named = isRecord(tool['function']) ? tool['function'] : tool;
    return typeof named['name'] === 'string' ? [named['name']] : text(tool['type']);
  });
}

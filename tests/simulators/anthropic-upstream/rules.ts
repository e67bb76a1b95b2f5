/** What the API refuses in a body, as far as a client can get it wrong by converting. Undefined: nothing. */

type Body = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const fields =
  /^(?:model|messages|max_tokens|system|tools|tool_choice|temperature|top_p|top_k|stop_sequences|stream|thinking|output_config|metadata|service_tier|container|context_management|mcp_servers)$/;
const images = /^image\/(?:jpeg|png|gif|webp)$/;

/** Begins every signature that this service has made itself. */
export const signaturePrefix = 'simulated-signature-';

export function complaint(body: Body, betas: readonly string[]): string | undefined {
  const unknown = Object.keys(body).find((name) => !fields.test(name));
  if (unknown && betas.length === 0) return `${unknown}: Extra inputs are not permitted`;
  if (!Number.isSafeInteger(body['max_tokens'])) return 'max_tokens: Field required';
  if (!isList(body['messages']) || body['messages'].length === 0) return 'messages: at least one message is required';
  return settings(body) ?? turns(body['messages'], body);
}

function settings(body: Body): string | undefined {
  const { model, temperature, thinking, max_tokens: limit, tool_choice: choice } = body;
  if (typeof temperature === 'number' && (temperature < 0 || temperature > 1)) return 'temperature: range: 0..1';
  if (!isRecord(thinking) || thinking['type'] !== 'enabled') return undefined;
  // Services with models of their own know a switch without a budget.
  if (thinking['budget_tokens'] === undefined && !String(model).startsWith('claude')) return undefined;
  const budget = Number(thinking['budget_tokens']);
  if (!(budget >= 1024)) return 'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024';
  if (budget >= Number(limit)) return '`max_tokens` must be greater than `thinking.budget_tokens`';
  if (temperature !== undefined && temperature !== 1)
    return '`temperature` may only be set to 1 when thinking is enabled';
  if (isRecord(choice) && (choice['type'] === 'any' || choice['type'] === 'tool'))
    return 'Thinking may not be enabled when tool_choice forces tool use.';
  return undefined;
}

function turns(messages: readonly unknown[], body: Body): string | undefined {
  let open: unknown[] = [];
  for (const [at, message] of messages.entries()) {
    if (!isRecord(message)) return `messages.${at}: Input should be a valid dictionary`;
    const { role, content } = message;
    if (role !== 'user' && role !== 'assistant') return `messages.${at}.role: unexpected role "${String(role)}"`;
    if (at === 0 && role !== 'user') return 'messages: first message must use the "user" role';
    const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : isList(content) ? content : [];
    if (blocks.length === 0) return `messages.${at}: all messages must have non-empty content`;
    const results = blocks.filter((block) => isRecord(block) && block['type'] === 'tool_result');
    const answered = results.map((block) => (isRecord(block) ? block['tool_use_id'] : undefined));
    if (open.some((id) => !answered.includes(id)))
      return `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after`;
    if (answered.some((id) => !open.includes(id)))
      return `messages.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks`;
    if (results.some((block) => blocks.indexOf(block) >= results.length))
      return `messages.${at}: \`tool_result\` blocks must come first`;
    open = [];
    for (const [place, block] of blocks.entries()) {
      const wrong = isRecord(block) ? blockComplaint(block, role) : 'Input should be a valid dictionary';
      if (wrong) return `messages.${at}.content.${place}: ${wrong}`;
      if (isRecord(block) && block['type'] === 'tool_use') open.push(block['id']);
    }
    if (open.length > 0 && strict(body) && at === messages.length - 2 && !startsWithThinking(blocks))
      return `messages.${at}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`tool_use\``;
  }
  return undefined;
}

const strict = ({ thinking, model }: Body): boolean =>
  isRecord(thinking) && thinking['type'] === 'enabled' && String(model).startsWith('claude');

const startsWithThinking = ([first]: readonly unknown[]): boolean =>
  isRecord(first) && String(first['type']).endsWith('thinking');

function blockComplaint(block: Body, role: 'user' | 'assistant'): string | undefined {
  switch (block['type']) {
    case 'text':
      return String(block['text']).trim() === '' ? 'text content blocks must contain non-whitespace text' : undefined;
    case 'image': {
      const source = isRecord(block['source']) ? block['source'] : {};
      if (role === 'assistant') return 'image blocks are not permitted';
      if (source['type'] === 'url') return undefined;
      return images.test(String(source['media_type'])) ? undefined : 'source.media_type: unexpected value';
    }
    case 'thinking':
      return String(block['signature']).startsWith(signaturePrefix)
        ? undefined
        : 'Invalid `signature` in `thinking` block';
    case 'tool_use':
      if (!/^[\w-]+$/.test(String(block['id']))) return 'tool_use.id: String should match pattern';
      return isRecord(block['input']) ? undefined : 'tool_use.input: Input should be a valid dictionary';
    default:
      return undefined;
  }
}

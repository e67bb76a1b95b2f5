/** What the vendor refuses in a body of Chat Completions, by its code: what an adapter can get wrong. Undefined: nothing. */

type Body = Readonly<Record<string, unknown>>;
export type Refused = readonly [code: number, message: string];

const isRecord = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fields =
  /^(?:model|messages|stream|stream_options|thinking|reasoning_effort|do_sample|temperature|top_p|max_tokens|stop|tools|tool_choice|tool_stream|response_format|request_id|user_id)$/;
const longest: Readonly<Record<string, number>> = { 'glm-4.6v': 32_768, 'glm-4.5v': 16_384 };
const efforts: Readonly<Record<string, RegExp>> = {
  'glm-5.2': /^(?:none|minimal|low|medium|high|xhigh|max)$/,
  'glm-5.3': /^(?:low|high|max)$/,
};

export const modelNames =
  /^glm-(?:5\.3|5\.3-flash|5\.2|5\.1|5-turbo|5|4\.7|4\.7-flashx?|4\.6|4\.6v|4\.6v-flash|4\.5|4\.5-x|4\.5-air|4\.5-airx|4\.5-flash|4\.5v)$/i;

export function complaint(body: Body): Refused | undefined {
  const { model, messages } = body;
  const unknown = Object.keys(body).find((name) => !fields.test(name));
  if (unknown) return [1210, `Invalid API parameter: ${unknown}`];
  if (typeof model !== 'string') return [1213, 'The model parameter was not received.'];
  if (!modelNames.test(model)) return [1211, 'Unknown Model, please check the model code.'];
  if (!Array.isArray(messages) || messages.length === 0) return [1213, 'The messages parameter was not received.'];
  return numbers(body) ?? thinking(body, model) ?? tools(body) ?? conversation(messages, model);
}

function numbers(body: Body): Refused | undefined {
  const { temperature, top_p: top, max_tokens: most, stop, user_id: user } = body;
  if (typeof temperature === 'number' && (temperature < 0 || temperature > 1)) return illegal('temperature');
  if (typeof top === 'number' && (top < 0.01 || top > 1)) return illegal('top_p');
  if (typeof most === 'number' && (most < 1 || most > (longest[String(body['model'])] ?? 131_072)))
    return illegal('max_tokens');
  if (stop !== undefined && !(Array.isArray(stop) && stop.length <= 1)) return illegal('stop');
  if (user !== undefined && !(typeof user === 'string' && user.length >= 6 && user.length <= 128))
    return illegal('user_id');
  return undefined;
}

const illegal = (field: string): Refused => [1214, `${field} is illegal`];

function thinking(body: Body, model: string): Refused | undefined {
  const { thinking: wish, reasoning_effort: effort } = body;
  if (wish !== undefined) {
    if (!isRecord(wish) || !/^(?:enabled|disabled)$/.test(String(wish['type']))) return illegal('thinking');
    if (wish['type'] === 'disabled' && model.startsWith('glm-5.3')) return illegal('thinking.type');
    if (Object.keys(wish).some((name) => name !== 'type' && name !== 'clear_thinking')) return illegal('thinking');
  }
  const known = Object.entries(efforts).find(([name]) => model.startsWith(name))?.[1];
  if (effort !== undefined && !known?.test(typeof effort === 'string' ? effort : ''))
    return illegal('reasoning_effort');
  return undefined;
}

function tools(body: Body): Refused | undefined {
  const { tools: offered, tool_choice: choice, response_format: format } = body;
  if (choice !== undefined && choice !== 'auto') return illegal('tool_choice');
  if (format !== undefined && !/^(?:text|json_object)$/.test(String(isRecord(format) ? format['type'] : '')))
    return illegal('response_format');
  if (offered === undefined) return body['tool_stream'] === undefined ? undefined : illegal('tool_stream');
  if (!Array.isArray(offered) || offered.length === 0) return illegal('tools');
  for (const tool of offered as readonly unknown[]) {
    const type = isRecord(tool) ? tool['type'] : undefined;
    if (type !== 'function' && type !== 'web_search') return illegal('tools.type');
    const called = isRecord(tool) && isRecord(tool['function']) ? tool['function'] : {};
    if (type === 'function' && 'strict' in called) return illegal('tools.function.strict');
  }
  return undefined;
}

function conversation(messages: readonly unknown[], model: string): Refused | undefined {
  const roles = messages.map((message) => (isRecord(message) ? message['role'] : undefined));
  if (roles.some((role) => !/^(?:system|user|assistant|tool)$/.test(String(role)))) return illegal('messages.role');
  if (!roles.includes('user') && !roles.includes('tool')) return illegal('messages');
  const images = JSON.stringify(messages).includes('"image_url"');
  return images && !/^glm-(?:[\d.]+v|5\.3-flash)/.test(model) ? [1210, 'The model does not accept images.'] : undefined;
}

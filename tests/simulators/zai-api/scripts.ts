import { setTimeout as wait } from 'node:timers/promises';
import * as frames from '../openai-upstream/frames.ts';
import { status, type Script, type Turn } from '../openai-upstream/scripts.ts';
import { Wire } from '../zai/wire.ts';

/** The vendor's own answers; broken ones are those of any service in OpenAI's form. */
export { cut, fin, hang, raw, reset, seq, stall, status, type Script, type Turn } from '../openai-upstream/scripts.ts';

export interface AnswerOptions {
  readonly text?: string;
  readonly reasoning?: string;
  readonly calls?: readonly frames.Call[];
  readonly finish?: string;
  /** Milliseconds between frames. */
  readonly every?: number;
}

export const source = {
  title: 'A page about gates',
  content: 'Gates open and close.',
  link: 'https://example.com/gates',
  media: 'Example',
  icon: 'https://example.com/icon.png',
  refer: 'ref_1',
  publish_date: '2026-09-01',
};

const usage = {
  prompt_tokens: 12,
  completion_tokens: 30,
  total_tokens: 42,
  prompt_tokens_details: { cached_tokens: 8 },
};

const head = { id: '20260901simulated', request_id: '20260901simulated', created: 1_788_220_800 };

const has = (turn: Turn, type: string): boolean =>
  Array.isArray(turn.body['tools']) && turn.body['tools'].some((tool: { type?: unknown }) => tool.type === type);

const thinks = ({ body }: Turn): boolean => (body['thinking'] as { type?: string } | undefined)?.type !== 'disabled';

const textOf = (turn: Turn, { text, calls }: AnswerOptions): string =>
  text ?? (calls ? '' : `You said: ${turn.prompt}`);
const finishOf = ({ finish, calls }: AnswerOptions): string => finish ?? (calls ? 'tool_calls' : 'stop');
const reasoningOf = (turn: Turn, { reasoning }: AnswerOptions): string =>
  thinks(turn) ? (reasoning ?? 'The user wrote something. I repeat it.') : '';
const found = (turn: Turn): frames.Data => (has(turn, 'web_search') ? { web_search: [source] } : {});

/** Without `tool_stream` a call comes whole. */
function callDeltas(turn: Turn, calls: readonly frames.Call[]): frames.Data[] {
  if (turn.body['tool_stream'] === true) return calls.flatMap(frames.callDeltas);
  return calls.map(({ id, ...call }, index) => ({ tool_calls: [{ index, id, type: 'function', function: call }] }));
}

function stream(turn: Turn, options: AnswerOptions): string[] {
  const { model } = turn;
  const deltas: frames.Data[] = [
    ...frames.pieces(reasoningOf(turn, options)).map((reasoning_content) => ({ role: 'assistant', reasoning_content })),
    ...frames.pieces(textOf(turn, options)).map((content) => ({ role: 'assistant', content })),
    ...callDeltas(turn, options.calls ?? []),
  ];
  return [
    ...deltas.map((delta) => frames.chunk(model, delta, null, head)),
    // Usage and sources stand in the last chunk, whether they were asked for or not.
    frames.chunk(model, { role: 'assistant', content: '' }, finishOf(options), { ...head, usage, ...found(turn) }),
    frames.done,
  ];
}

function reply(turn: Turn, options: AnswerOptions): frames.Data {
  const reasoning = reasoningOf(turn, options);
  const calls = options.calls?.map(({ id, ...call }, index) => ({ index, id, type: 'function', function: call }));
  const message = {
    role: 'assistant',
    content: textOf(turn, options),
    ...(reasoning && { reasoning_content: reasoning }),
    ...(calls && { tool_calls: calls }),
  };
  return {
    ...head,
    model: turn.model,
    choices: [{ index: 0, message, finish_reason: finishOf(options) }],
    usage,
    ...found(turn),
  };
}

/** An answer as the vendor gives it: thinking unless it was switched off, sources where it searched. */
export function answer(options: AnswerOptions = {}): Script {
  return async (turn) => {
    if (!turn.stream) return status(200, reply(turn, options))(turn);
    const wire = new Wire(turn.response);
    for (const frame of stream(turn, options)) {
      if (!(await wire.send(frame))) return;
      if (options.every) await wait(options.every);
    }
    wire.end();
  };
}

/** A refusal in the vendor's form. */
export const refused = (http: number, code: number | string, message: string): Script =>
  status(http, { error: { code: String(code), message } });

/** The same in a stream that has begun with 200. */
export const refusedInside =
  (code: number, message: string): Script =>
  async ({ response }) => {
    const wire = new Wire(response);
    if (await wire.send(frames.frame({ error: { code: String(code), message } }))) wire.end();
  };

export interface Gate {
  readonly script: Script;
  open(): void;
}

/** Answers only once it is opened. */
export function gated(script: Script = answer()): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    script: async (turn) => {
      await promise;
      await script(turn);
    },
    open: resolve,
  };
}

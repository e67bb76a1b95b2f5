import type { FinishReason, Usage } from '../../../chat/events.ts';
import { isRecord, parseJson, recordIn, textIn, type Json } from '../../wire/shared/json.ts';

/** What one frame says, whichever generation wrote it (README: Stream). Nothing in it is trusted to have a shape. */
export interface Frame {
  readonly error: Json | undefined;
  readonly reasoning: Text;
  readonly answer: Text;
  readonly sources: readonly unknown[];
  readonly usage: Usage | undefined;
  /** The whole answer, as the site says at its end. */
  readonly final: string | undefined;
  readonly finish: FinishReason | undefined;
  /** A kind of event that is not known here. */
  readonly unknown: string | undefined;
}

/** `delta`: new text. `whole`: all of it so far. `either`: one of the two. */
export type Text = { readonly kind: 'delta' | 'whole' | 'either'; readonly text: string } | undefined;

const nothing: Frame = {
  error: undefined,
  reasoning: undefined,
  answer: undefined,
  sources: [],
  usage: undefined,
  final: undefined,
  finish: undefined,
  unknown: undefined,
};

function usageIn(record: Json, input: string, output: string, total: string): Usage | undefined {
  const count = (key: string): number | undefined => {
    const value = record[key];
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  };
  const found = { inputTokens: count(input), outputTokens: count(output), totalTokens: count(total) };
  const known = Object.entries(found).filter(([, value]) => value !== undefined);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

const tokenInfo = (frame: Json): Usage | undefined => {
  const info = recordIn(frame, 'tokenInfo');
  return info['hasTokens'] === true ? usageIn(info, 'promptTokens', 'completionTokens', 'totalTokens') : undefined;
};

function reasonOf(word: string | undefined): FinishReason {
  if (word !== undefined && /sensitive|filter/i.test(word)) return 'content-filter';
  return word !== undefined && /length|max_?tokens/i.test(word) ? 'length' : 'stop';
}

/** Sources stand in a list, or in an object that has one; some come as the text of either. */
function sourcesIn(value: unknown): readonly unknown[] {
  const content = typeof value === 'string' ? parseJson(value) : value;
  const list = isRecord(content) ? content['resultList'] : content;
  return Array.isArray(list) ? list : [];
}

/** A code that is not the site's "all is well". */
function errorIn(frame: Json): Json | undefined {
  const { code } = frame;
  const failed =
    (typeof code === 'number' && code !== 0 && code !== 200) ||
    (typeof code === 'string' && !/^(?:0|200)?$/.test(code));
  if (failed) return frame;
  return isRecord(frame['error']) ? { error: frame['error'] } : undefined;
}

function newer(frame: Json, event: Json): Frame {
  const type = textIn(event, 'type') ?? '';
  const over = frame['lastOne'] === true;
  const base = { ...nothing, usage: tokenInfo(frame), finish: over ? 'stop' : undefined } as const;
  const text: Text = { kind: 'either', text: textIn(event, 'content') ?? '' };
  switch (type) {
    case 'content':
      return { ...base, answer: text };
    case 'reason':
    case 'think':
      return { ...base, reasoning: text };
    case 'search':
    case 'common_search':
    case 'general_search':
    case 'local_life_search':
      return { ...base, sources: sourcesIn(event['content']) };
    case 'finish':
      return {
        ...base,
        usage: usageIn(recordIn(event, 'usage'), 'inputTokens', 'outputTokens', 'totalTokens') ?? base.usage,
        final: textIn(event, 'finalContent') ?? textIn(event, 'finalContentX'),
        finish: reasonOf(textIn(event, 'finishType')),
      };
    case 'eventError':
    case 'event_error':
      return { ...nothing, error: { code: event['code'], message: event['message'] ?? event['content'] } };
    case 'create':
    case 'summary':
      return base;
    default:
      return { ...base, unknown: type || 'event' };
  }
}

function older(frame: Json): Frame {
  const choices = frame['choices'];
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const delta = isRecord(choice) ? recordIn(choice, 'delta') : {};
  const said = isRecord(choice) ? textIn(choice, 'finishReason') : undefined;
  const textOf = (piece: string, whole: string): Text => {
    const text = textIn(delta, piece);
    if (text !== undefined) return { kind: 'delta', text };
    const all = textIn(frame, whole);
    return all === undefined ? undefined : { kind: 'whole', text: all };
  };
  const over = frame['lastOne'] === true || (said !== undefined && frame['contentStatus'] === 'FINISHED');
  return {
    ...nothing,
    reasoning: textOf('reasoningContent', 'reasonContent'),
    answer: textOf('content', 'content'),
    sources: sourcesIn(frame['searchResults']),
    usage: tokenInfo(frame),
    final: over ? textIn(frame, 'content') : undefined,
    finish: over ? (frame['sensitive'] === true ? 'content-filter' : reasonOf(said)) : undefined,
  };
}

/** Undefined for what is no frame, such as broken JSON. */
export function readFrame(data: string): Frame | undefined {
  const frame = parseJson(data);
  if (!isRecord(frame)) return undefined;
  const error = errorIn(frame);
  if (error) return { ...nothing, error };
  return isRecord(frame['event']) ? newer(frame, frame['event']) : older(frame);
}

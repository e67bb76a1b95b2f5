import type { Exchange } from '../../../../shared/exchange.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { tokensPerSecond, totalOf } from '../timeline.ts';
import type { Comparison, Term } from './terms.ts';

/** What a filter cannot see in the row itself. */
export interface Marks {
  readonly pinned: ReadonlySet<string>;
}

/** A row is a new object whenever it changes, so its text is made once. */
const texts = new WeakMap<Exchange, string>();

function textOf(row: Exchange): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  let text = `${row.id}\n${row.model}\n${row.resolvedModel ?? ''}\n${row.client}\n${row.clientKey ?? ''}\n${row.status ?? ''}`;
  if (row.failure) text += `\n${row.failure.code}`;
  for (const { provider, credential, failure } of row.attempts)
    text += `\n${providerName(provider)}\n${provider}\n${credential ?? ''}\n${failure?.code ?? ''}`;
  text = text.toLowerCase();
  texts.set(row, text);
  return text;
}

const holds = (field: string | null | undefined, value: string): boolean =>
  field !== null && field !== undefined && field.toLowerCase().includes(value);

function compares(found: number | null, op: Comparison, wanted: number): boolean {
  if (found === null) return false;
  switch (op) {
    case '<':
      return found < wanted;
    case '<=':
      return found <= wanted;
    case '>':
      return found > wanted;
    case '>=':
      return found >= wanted;
    case '=':
      return found === wanted;
    // no default
  }
}

type Test = (row: Exchange, marks: Marks) => boolean;

const has: Readonly<Record<string, Test>> = {
  retry: ({ attempts }) => attempts.length > 1,
  error: ({ failure, attempts }) => failure !== null || attempts.some((attempt) => attempt.failure !== null),
  notice: ({ warnings }) => warnings.length > 0,
  tools: ({ finishReason }) => finishReason === 'tool-calls',
  pin: ({ id }, { pinned }) => pinned.has(id),
};

function is(row: Exchange, value: string): boolean {
  if (value === 'test') return row.test || row.purpose === 'test';
  if (value === 'replay') return row.replayOf !== null;
  if (value === 'guest') return row.attempts.at(-1)?.credentialKind === 'guest';
  return row.outcome === value;
}

const apis: Readonly<Record<string, Exchange['dialect']>> = {
  chat: 'openai-chat',
  responses: 'openai-responses',
  messages: 'anthropic-messages',
};

function statusIs({ status }: Exchange, { value, op, number }: Term): boolean {
  if (number !== null) return compares(status, op, number);
  const first = Number(value[0]) * 100;
  if (status === null) return false;
  if (op === '>' || op === '>=') return status >= (op === '>' ? first + 100 : first);
  if (op === '<' || op === '<=') return status < (op === '<' ? first : first + 100);
  return status >= first && status < first + 100;
}

function passes(row: Exchange, term: Term, marks: Marks): boolean {
  const { key, op, value } = term;
  const number = term.number ?? 0;
  switch (key) {
    case null:
      return textOf(row).includes(value);
    case 'model':
      return holds(row.model, value) || holds(row.resolvedModel, value);
    case 'provider':
      return (
        holds(row.provider, value) ||
        row.attempts.some(({ provider }) => holds(provider, value) || holds(providerName(provider), value))
      );
    case 'token':
      return row.attempts.some(({ credential }) => holds(credential, value));
    case 'key':
      return holds(row.clientKey, value);
    case 'client':
      return holds(row.client, value);
    case 'id':
      return holds(row.id, value);
    case 'code':
      return holds(row.failure?.code, value) || row.attempts.some(({ failure }) => holds(failure?.code, value));
    case 'finish':
      return holds(row.finishReason, value);
    case 'status':
      return statusIs(row, term);
    case 'ttft':
      return compares(row.firstToken, op, number);
    case 'total':
      return compares(totalOf(row, Date.now()), op, number);
    case 'in':
      return compares(row.usage?.inputTokens ?? null, op, number);
    case 'out':
      return compares(row.usage?.outputTokens ?? null, op, number);
    case 'speed':
      return compares(tokensPerSecond(row), op, number);
    case 'attempts':
      return compares(row.attempts.length, op, number);
    case 'has':
      return has[value]?.(row, marks) ?? false;
    case 'is':
      return is(row, value);
    case 'stream':
      return String(row.stream) === value;
    case 'api':
      return row.dialect === apis[value];
    case 'after':
      return row.receivedAt >= number;
    case 'before':
      return row.receivedAt < number;
    // no default
  }
}

/** Whether a row is meant by all terms. */
export function matcher(terms: readonly Term[], marks: Marks): (row: Exchange) => boolean {
  const valid = terms.filter((term) => term.valid);
  if (valid.length === 0) return () => true;
  return (row) => valid.every((term) => passes(row, term, marks) !== term.not);
}

import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent, FinishReason, Usage } from '../../chat/events.ts';
import type { AnswerHead, ReplyCollector } from '../dialect.ts';
import { annotation, type Annotation, type Call, CallTable, finishReason } from './answer.ts';
import { present } from '../shared/present.ts';
import { isBlank } from '../shared/blank.ts';
import { mergeUsage } from '../shared/usage.ts';
import { usageBody } from './usage.ts';

interface CollectedCall {
  readonly call: Call;
  readonly arguments: string[];
}

/** One `chat.completion` from the same events, saying the same as the stream. Pieces are kept apart and joined once. */
export class CompletionCollector implements ReplyCollector {
  readonly #head: AnswerHead;
  readonly #table: CallTable;
  readonly #text: string[] = [];
  readonly #reasoning: string[] = [];
  readonly #calls: CollectedCall[] = [];
  readonly #annotations: Annotation[] = [];
  #textLength = 0;
  #usage: Usage | undefined;
  #finish: FinishReason | undefined;

  constructor(head: AnswerHead) {
    this.#head = head;
    this.#table = new CallTable(head.id);
  }

  /** Throws the error of an `error` event: a broken answer has no reply. */
  push(events: readonly ChatEvent[]): void {
    for (const event of events) if (!this.#finish) this.#take(event);
  }

  #take(event: ChatEvent): void {
    switch (event.type) {
      case 'text':
        this.#text.push(event.text);
        this.#textLength += event.text.length;
        return;
      case 'reasoning':
        this.#reasoning.push(event.text);
        return;
      case 'tool-call-start':
        this.#calls.push({ call: this.#table.start(event), arguments: [] });
        return;
      case 'tool-call-delta': {
        const call = this.#table.get(event.index);
        if (!call) return;
        call.filled ||= !isBlank(event.arguments);
        this.#calls[call.position]?.arguments.push(event.arguments);
        return;
      }
      case 'tool-call-end':
        this.#table.end(event.index);
        return;
      case 'citation':
        this.#annotations.push(annotation(event, this.#textLength));
        return;
      case 'usage':
        this.#usage = mergeUsage(this.#usage, event.usage);
        return;
      case 'finish':
        this.#finish = event.reason;
        return;
      case 'error':
        throw event.error;
      case 'verbatim':
    }
  }

  /** Throws ChatError `upstream_truncated` when no `finish` has come. */
  reply(): object {
    if (!this.#finish)
      throw new ChatError('upstream_truncated', 'The provider ended the answer before it was complete.');
    const { id, created, model } = this.#head;
    const content = this.#text.join('');
    const message = present({
      reasoning_content: this.#reasoning.join('') || undefined,
      tool_calls: this.#calls.length > 0 ? this.#calls.map(callBody) : undefined,
      annotations: this.#annotations.length > 0 ? this.#annotations : undefined,
    });
    const choice = {
      index: 0,
      message: {
        role: 'assistant',
        content: content === '' && this.#calls.length > 0 ? null : content,
        refusal: null,
        ...message,
      },
      logprobs: null,
      finish_reason: finishReason(this.#finish, this.#calls.length),
    };
    return present({
      id: `chatcmpl-${id}`,
      object: 'chat.completion',
      created,
      model,
      choices: [choice],
      usage: usageBody(this.#usage),
    });
  }
}

function callBody({ call, arguments: pieces }: CollectedCall): object {
  const args = pieces.join('');
  return { id: call.id, type: 'function', function: { name: call.name, arguments: call.filled ? args : `${args}{}` } };
}

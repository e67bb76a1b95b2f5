import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent, FinishReason } from '../../chat/events.ts';
import type { AnswerHead, ReplyCollector } from '../dialect.ts';
import { Assembly } from './output/assembly.ts';
import type { Frames } from './output/item.ts';
import { responseBody } from './response.ts';
import type { AnswerSettings } from './settings.ts';

const nowhere: Frames = { send: () => undefined, delta: () => undefined };

/** The response object that the last event of a stream of the same events would carry. */
export class ResponseCollector implements ReplyCollector {
  readonly #head: AnswerHead;
  readonly #settings: AnswerSettings;
  readonly #assembly: Assembly;
  #finish: FinishReason | undefined;

  constructor(head: AnswerHead, settings: AnswerSettings) {
    this.#head = head;
    this.#settings = settings;
    this.#assembly = new Assembly(head.id, settings, nowhere);
  }

  /** Throws the error of an `error` event: a broken answer has no reply. */
  push(events: readonly ChatEvent[]): void {
    for (const event of events) {
      if (this.#finish) return;
      if (event.type === 'error') throw event.error;
      if (event.type === 'finish') {
        this.#finish = event.reason;
        this.#assembly.finish(event.reason);
      } else this.#assembly.take(event);
    }
  }

  /** Throws ChatError `upstream_truncated` when no `finish` has come. */
  reply(): object {
    if (!this.#finish)
      throw new ChatError('upstream_truncated', 'The provider ended the answer before it was complete.');
    return responseBody(this.#head, this.#settings, this.#assembly, this.#finish);
  }
}

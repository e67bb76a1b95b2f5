import { ChatError } from '../../chat/errors.ts';

/**
 * Conversations held by the server (`thread`) are refused in the one form that makes the official SDK send the whole conversation
 * instead; any other 400 ends its tool runner, and ignoring the field would lose the conversation.
 */
export class ThreadRefusal extends ChatError {
  readonly details = { error_code: 'thread_unsupported_request', unsupported: ['thread'] };

  constructor() {
    super('invalid_parameter', 'thread is not supported: conversations are not kept here.', {
      param: 'thread',
      hint: 'Send all messages with each request.',
    });
  }
}

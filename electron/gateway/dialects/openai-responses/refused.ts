import { ChatError } from '../../chat/errors.ts';

const whole = 'Send the whole conversation in input, with store: false where the client has that setting.';

/** Fields that would change the answer if they were ignored: what they point at does not exist here, because nothing is stored. */
const fields: Readonly<Record<string, readonly [sentence: string, hint: string]>> = {
  previous_response_id: ['is not supported: answers are not stored', whole],
  conversation: ['is not supported: conversations are not stored', whole],
  prompt: ['is not supported: there are no stored prompts', 'Send the text of the prompt in input or instructions.'],
  background: ['is not supported: nothing runs in the background', 'Leave it out, or ask with stream: true.'],
};

export function refused(param: string, sentence: string, hint: string): ChatError {
  return new ChatError('invalid_parameter', `${param} ${sentence}.`, { param, hint });
}

/** Throws ChatError `invalid_parameter` for the first of them that asks for something. */
export function refuseStored(body: Readonly<Record<string, unknown>>): void {
  for (const [name, [sentence, hint]] of Object.entries(fields)) {
    const value = body[name];
    if (value !== undefined && value !== null && value !== false) throw refused(name, sentence, hint);
  }
}

/** A reference to an item nobody knows. The Vercel AI SDK sends references unless it is told `store: false`. */
export function refusedReference(place: number): ChatError {
  return refused(`input[${place}]`, 'refers to an item of an earlier answer that is not stored, or no longer', whole);
}

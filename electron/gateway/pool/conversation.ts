import { createHash } from 'node:crypto';
import { type ChatRequest, textOf } from '../chat/request.ts';

/** Longer beginnings do not tell conversations apart any better. */
const looked = 4_000;

/** What stays the same in all requests of one conversation, as a hash: who asks, the instructions, and the user's first words. */
export function conversationKey(client: string | null, { messages }: ChatRequest): string {
  const hash = createHash('sha256').update(JSON.stringify(client));
  for (const roles of [['system', 'developer'], ['user']] as const) {
    const first = messages.find(({ role }) => (roles as readonly string[]).includes(role));
    hash.update(JSON.stringify(first ? textOf(first.content).slice(0, looked) : null));
  }
  return hash.digest('base64url');
}

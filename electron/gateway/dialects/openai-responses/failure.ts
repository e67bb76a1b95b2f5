import type { ChatError } from '../../chat/errors.ts';
import type { Failure } from './response.ts';

/** Codes that Codex acts on; with any other it repeats the request (codex 0.169.0). */
const known: Partial<Record<ChatError['code'], string>> = {
  context_length_exceeded: 'context_length_exceeded',
  quota_exceeded: 'insufficient_quota',
  upstream_rate_limited: 'rate_limit_exceeded',
};

/** What `response.failed` says: the gateway's own code unless the format has one that clients act on. */
export function failureOf(error: ChatError, message: string): Failure {
  const code = known[error.code] ?? (error.blame === 'request' ? 'invalid_prompt' : error.code);
  return { code, message };
}

import type { ProviderId } from '../../../../../shared/provider.ts';
import type { ChatError } from '../../../chat/errors.ts';
import type { Warn } from '../shared/target.ts';

/** Who an answer comes from, and what is made of it. */
export interface Source {
  readonly provider: ProviderId;
  /** The answer goes on as it came: nothing is lost, so nothing needs to be said of what has no event. */
  readonly verbatim: boolean;
  readonly warn: Warn;
  /** What an error inside an answer means. */
  readonly failure: (body: unknown) => ChatError;
}

import type { ProviderId } from '../../../../../shared/provider.ts';
import type { ChatError } from '../../../chat/errors.ts';
import type { Warn } from '../shared/target.ts';
import type { Traits } from './traits.ts';

/** Who an answer comes from, and what is made of it. */
export interface Source {
  readonly provider: ProviderId;
  /** The service's name in sentences. */
  readonly name: string;
  /** `stream`: text may be shown at once. `whole`: what is not yet known to be reasoning or answer is held back. */
  readonly delivery: 'stream' | 'whole';
  /** The answer goes on as it came beside its events. `without-usage`: but for the chunk of usage the client did not ask for. */
  readonly verbatim: 'no' | 'yes' | 'without-usage';
  readonly inlineThinking: Traits['inlineThinking'];
  readonly warn: Warn;
  /** What an error inside an answer means. */
  readonly failure: (body: unknown) => ChatError;
  readonly newId: () => string;
}

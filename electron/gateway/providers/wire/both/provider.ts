import type { ModelInfo } from '../../../../../shared/model.ts';
import type { Provider, ProviderContext } from '../../provider.ts';
import { openMessages } from '../anthropic-messages/open.ts';
import type { Service } from '../anthropic-messages/service.ts';
import { type ServiceTraits, type Traits, traitsOf } from '../anthropic-messages/traits.ts';
import { type ChatProviderOptions, createChatProvider } from '../openai-chat/provider.ts';
import { checkUrl } from '../shared/destination.ts';
import { fitted } from './fit.ts';

/** The second base of a service: the same models and keys behind the Messages API. */
export interface MessagesBase extends Omit<Service, 'name' | 'headers'> {
  /** What the base takes, where that differs from the common case. */
  readonly traits?: ServiceTraits | undefined;
  /** Fields of a client's body that the base refuses; they are left out with a notice. */
  readonly refuses?: readonly string[] | undefined;
}

/**
 * A service with two bases. A client of the Messages API is answered by the second one, its body handed on instead of being
 * converted twice; everybody else, and what Traygate itself has rewritten, by the first. Catalogue and keys are the first's.
 */
export function createBothBases(
  context: ProviderContext,
  chat: ChatProviderOptions,
  { traits: known, refuses = [], ...base }: MessagesBase,
): Provider {
  const service: Service = { ...base, name: chat.name, headers: chat.headers };
  const traitsFor = ({ upstreamId, capabilities: { thinking, vision } }: ModelInfo): Traits => {
    const traits = traitsOf(upstreamId, known);
    return { ...traits, images: traits.images && vision, ...(!thinking && { thinking: 'none' }) };
  };
  return createChatProvider(context, {
    ...chat,
    otherwise(call) {
      const { original, model, trace } = call;
      if (original?.dialect !== 'anthropic-messages') return undefined;
      checkUrl(service.root);
      const traits = traitsFor(model);
      const body = fitted(original.body, refuses, { model, traits, warn: (notice) => trace.warn(notice) });
      return openMessages(context.network, service, { ...call, original: { ...original, body } }, traits);
    },
  });
}

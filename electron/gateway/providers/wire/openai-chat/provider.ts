import type { ProviderId } from '../../../../../shared/provider.ts';
import { ChatError } from '../../../chat/errors.ts';
import type { ChatEvents, Provider, ProviderCall, ProviderContext } from '../../provider.ts';
import { Catalogue, type Listed } from '../shared/catalogue.ts';
import type { Rule } from '../shared/classify.ts';
import { isHeaderText } from '../shared/headers.ts';
import { guess } from './guess.ts';
import { listModels } from './list.ts';
import { openChat, type Timeouts } from './open.ts';
import type { Service } from './service.ts';
import { traitsOf, type ServiceTraits } from './traits.ts';
import { verifyKey } from './verify.ts';

/** All that tells one service behind Chat Completions from another: an adapter is these, and nothing else. */
export interface ChatProviderOptions {
  readonly id: ProviderId;
  /** As the user sees it. */
  readonly name: string;
  /** What `/chat/completions` is added to, without a slash at the end. */
  readonly base: string;
  /** Where models are listed (default: `base` with `/models`); null: nowhere. */
  readonly modelsUrl?: string | null | undefined;
  /** Whether that list is only for who has a key; left out, it is found out. */
  readonly listNeedsKey?: boolean | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Asks for no key. */
  readonly keyless?: boolean | undefined;
  readonly traits?: ServiceTraits | undefined;
  /** What the service's own codes mean; they come before the common ones. */
  readonly rules?: readonly Rule[] | undefined;
  /** Offered while the service has not listed its models, or does not. */
  readonly staticModels?: readonly Listed[] | undefined;
  /** Whether they stay beside what the service lists. */
  readonly keepStatic?: boolean | undefined;
  /** Puts right or completes what the list says of a model, or what its name suggests; a list offers it in several ways, null leaves it out. */
  readonly describe?: ((model: Listed) => Listed | readonly Listed[] | null) | undefined;
  /** Names of models to offer, or patterns with `*`; empty offers all. */
  readonly filter?: readonly string[] | undefined;
  /** Put before each model's name. */
  readonly prefix?: string | undefined;
  /** For a stream: milliseconds to wait for its beginning, and between two chunks. */
  readonly timeouts?: Timeouts | undefined;
  /** Opens a call in another API of the service; undefined for a call that is none of its own. Throws ChatError. */
  readonly otherwise?: ((call: ProviderCall) => Promise<ChatEvents> | undefined) | undefined;
}

/** A provider for any service that speaks OpenAI's Chat Completions. */
export function createChatProvider(context: ProviderContext, options: ChatProviderOptions): Provider {
  const { id, name, base, keyless = false, describe = (model: Listed) => model } = options;
  const { network } = context;
  const service: Service = {
    name,
    base,
    modelsUrl: options.modelsUrl === undefined ? `${base}/models` : options.modelsUrl,
    headers: options.headers ?? {},
    rules: options.rules ?? [],
  };
  const { staticModels = [], keepStatic = false } = options;
  const described = (models: readonly Listed[]) => [
    ...(keepStatic && models.length > 0 ? staticModels : []),
    ...models.flatMap((model) => describe(model) ?? []),
  ];
  const catalogue = new Catalogue(context, {
    id,
    baseUrl: base,
    fetch: async (signal, secret) => {
      // Without one there is no answer, and a service that nobody uses is left alone.
      if (options.listNeedsKey && secret === undefined)
        throw new ChatError('no_token_configured', `${name} lists its models to who has a key.`);
      return described(await listModels(network, service, secret, signal));
    },
    fallback: staticModels,
    filter: options.filter ?? [],
    prefix: options.prefix ?? '',
    unlisted: (upstreamId) => [describe(guess(upstreamId)) ?? []].flat()[0] ?? guess(upstreamId),
  });
  return {
    id,
    name,
    needsCredential: !keyless,
    models: () => catalogue.list(),
    refreshModels: (signal, secret) => catalogue.refresh(signal, secret),
    async verify(secret, signal) {
      const verification = await verifyKey(network, service, keyless ? undefined : secret, signal, {
        model() {
          const upstreamId = catalogue.list()[0]?.upstreamId;
          return upstreamId === undefined ? undefined : { upstreamId, traits: traitsOf(upstreamId, options.traits) };
        },
        learn: (models) => catalogue.take(described(models)),
        listNeedsKey: options.listNeedsKey,
      });
      if (verification.outcome === 'user' && !keyless) catalogue.accepted(secret);
      return verification;
    },
    async open(call) {
      const secret = call.credential?.secret;
      if (secret === undefined && !keyless) throw new ChatError('no_token_configured', `${name} needs an API key.`);
      if (secret !== undefined && !isHeaderText(secret))
        throw new ChatError('upstream_auth_failed', `The key for ${name} has characters that no key has.`);
      const traits = traitsOf(call.model.upstreamId, options.traits);
      const answer = await (options.otherwise?.(call) ?? openChat(network, service, call, traits, options.timeouts));
      catalogue.accepted(secret);
      return answer;
    },
  };
}

import type { ModelInfo } from '../../../../shared/model.ts';
import type { ProviderId } from '../../../../shared/provider.ts';
import { ChatError } from '../../chat/errors.ts';
import type { Provider, ProviderContext } from '../provider.ts';
import { rootOf } from '../wire/anthropic-messages/address.ts';
import { infoOf, listModels, type ListedModel } from '../wire/anthropic-messages/models.ts';
import { openMessages } from '../wire/anthropic-messages/open.ts';
import type { Service } from '../wire/anthropic-messages/service.ts';
import { type ServiceTraits, type Stated, type Traits, traitsOf } from '../wire/anthropic-messages/traits.ts';
import { verifyKey } from '../wire/anthropic-messages/verify.ts';
import { Catalogue } from '../wire/shared/catalogue.ts';
import { checkUrl } from '../wire/shared/destination.ts';

export interface AnthropicCompatibleOptions {
  readonly id: ProviderId;
  /** As the user sees it. */
  readonly name: string;
  /** With or without `/v1`, a slash or the path of a request at its end. */
  readonly baseUrl: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Where the key goes (default `both`: services read one or the other). */
  readonly auth?: Service['auth'] | undefined;
  /** Asks for no key. */
  readonly keyless?: boolean | undefined;
  /** What its own error codes mean. */
  readonly rules?: Service['rules'];
  readonly traits?: ServiceTraits | undefined;
  /** Offered while the service has not listed its models, or does not. */
  readonly staticModels?: readonly ListedModel[] | undefined;
  /** Its list of models is open to everybody and says nothing of a key. */
  readonly openList?: boolean | undefined;
  /** Names of models to offer, `*` for any characters; empty offers all. */
  readonly filter?: readonly string[] | undefined;
  /** Put before each model's name. */
  readonly prefix?: string | undefined;
}

/** Any service that speaks the Messages API. What goes over the wire is in README.md beside this file. */
export function createAnthropicCompatible(context: ProviderContext, options: AnthropicCompatibleOptions): Provider {
  const { id, name, headers, keyless = false, rules, openList = false, filter = [], prefix = '' } = options;
  const { network } = context;
  const root = rootOf(options.baseUrl);
  const service: Service = { name, root, headers, auth: options.auth ?? authOf(root), rules };
  /** What the list of this run says of each model; the catalogue keeps what clients may know. */
  const stated = new Map<string, Stated>();
  const known = (models: readonly ListedModel[]) => {
    for (const model of models) if (model.stated) stated.set(model.id, model.stated);
    return models.map((model) => infoOf(model, options.traits));
  };
  const catalogue = new Catalogue(context, {
    id,
    baseUrl: root,
    fetch: async (signal, secret) => {
      checkUrl(root);
      return known((await listModels(network, service, secret, signal)) ?? []);
    },
    fallback: known(options.staticModels ?? []),
    filter,
    prefix,
    unlisted: (upstreamId) => infoOf({ id: upstreamId }, options.traits),
  });
  const traitsFor = ({ upstreamId, capabilities: { thinking, vision } }: ModelInfo): Traits =>
    traitsOf(upstreamId, options.traits, {
      ...(!thinking && { thinking: 'none' }),
      images: vision,
      ...stated.get(upstreamId),
    });
  return {
    id,
    name,
    needsCredential: !keyless,
    models: () => catalogue.list(),
    refreshModels: (signal, secret) => catalogue.refresh(signal, secret),
    async verify(secret, signal) {
      const verification = await verifyKey(network, service, secret, signal, {
        model: () => catalogue.list()[0]?.upstreamId,
        learn: (models) => catalogue.take(known(models)),
        openList,
      });
      if (verification.outcome === 'user') catalogue.accepted(secret);
      return verification;
    },
    async open(call) {
      if (!call.credential && !keyless) throw new ChatError('no_token_configured', `${name} needs an API key.`);
      checkUrl(root);
      const answer = await openMessages(network, service, call, traitsFor(call.model));
      catalogue.accepted(call.credential?.secret);
      return answer;
    },
  };
}

/** Anthropic itself takes a bearer token for a login, not for a key. */
const authOf = (root: string): Service['auth'] =>
  URL.canParse(root) && /(?:^|\.)anthropic\.com$/.test(new URL(root).hostname) ? 'x-api-key' : 'both';

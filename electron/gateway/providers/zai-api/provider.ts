import { builtIns } from '../../../../shared/provider.ts';
import { ChatError } from '../../chat/errors.ts';
import type { Provider, ProviderCall, ProviderContext } from '../provider.ts';
import { createBothBases } from '../wire/both/provider.ts';
import { createChatProvider } from '../wire/openai-chat/provider.ts';
import { baseNames, type Bases, basesOf } from './bases.ts';
import { chatRules, messagesRules } from './errors.ts';
import { described, knownModels, variantOf } from './models.ts';
import { chatTraits, messagesTraits } from './traits.ts';

export interface ZaiApiOptions {
  /** `standard`, `coding`, `china`, `china-coding`, or an address; read anew for each request. */
  readonly base: () => string;
  /** How many requests of one key run at one model at once. */
  readonly concurrency: () => number;
}

const id = 'zai-api';
const { name } = builtIns[id];
/** It thinks for minutes before the first word, and tells its own clients to wait for as long as it takes. */
const timeouts = { headersTimeout: 600_000, idleTimeout: 600_000 };

/** The official API of Z.AI, by its key. What goes over the wire is in README.md beside this file. */
export function createZaiApiProvider(context: ProviderContext, options: ZaiApiOptions): Provider {
  let current: { readonly bases: Bases; readonly provider: Provider } | undefined;
  const now = () => {
    const setting = options.base();
    if (current?.bases.setting !== setting) {
      const bases = basesOf(setting) ?? basesOf('standard');
      if (!bases) throw new ChatError('internal_error', 'The standard base is unknown.');
      current = { bases: { ...bases, setting }, provider: providerAt(context, bases) };
    }
    return current;
  };
  return {
    id,
    name,
    needsCredential: true,
    concurrency: options.concurrency,
    base: () => ({ value: now().bases.setting, other: now().bases.other, choices: baseNames }),
    models: () => now().provider.models(),
    refreshModels: (signal, secret) => now().provider.refreshModels(signal, secret),
    verify: async (secret, signal) =>
      (await now().provider.verify?.(secret, signal)) ?? { outcome: 'unreachable', reason: `${name} cannot be asked.` },
    open: (call) => now().provider.open(asVariant(call)),
  };
}

function providerAt(context: ProviderContext, bases: Bases): Provider {
  const chat = {
    id,
    name,
    base: bases.chat,
    // The language of its sentences, which are shown as they are.
    headers: { 'accept-language': 'en-US,en' },
    // A key is listed models wherever it belongs; only a call tells whether it is good here.
    listNeedsKey: false,
    traits: chatTraits(bases),
    rules: chatRules(bases),
    staticModels: knownModels,
    keepStatic: true,
    describe: described,
    timeouts,
  } as const;
  if (bases.messages === null) return createChatProvider(context, chat);
  return createBothBases(context, chat, {
    root: bases.messages,
    auth: 'bearer',
    rules: messagesRules,
    traits: messagesTraits,
  });
}

/** A variant's name says what the client does not; what Traygate adds cannot be in the client's own body. */
function asVariant(call: ProviderCall): ProviderCall {
  const { request } = call;
  const variant = variantOf(call.model);
  if (variant === 'search' && request.search === undefined)
    return { ...call, original: undefined, request: { ...request, search: true } };
  if (variant === 'thinking' && request.thinking?.enabled === undefined && request.thinking?.effort === undefined)
    return { ...call, original: undefined, request: { ...request, thinking: { ...request.thinking, enabled: true } } };
  return call;
}

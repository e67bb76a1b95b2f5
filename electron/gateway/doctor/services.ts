import type { ProviderId } from '../../../shared/provider.ts';

/** Providers by the addresses that their tokens are sent to. */
export type Hosts = ReadonlyMap<string, ProviderId>;

const known: readonly (readonly [host: string, provider: ProviderId])[] = [
  ['chat.z.ai', 'zai'],
  ['api.z.ai', 'zai-api'],
  ['open.bigmodel.cn', 'zai-api'],
  ['k2think.ai', 'k2think'],
  ['www.k2think.ai', 'k2think'],
  ['api.k2think.ai', 'k2think-api'],
  ['longcat.chat', 'longcat'],
  ['www.longcat.chat', 'longcat'],
  ['api.longcat.chat', 'longcat-api'],
];

/** The hosts of the product's providers, and those that the settings name: `[address, provider]`. */
export function hostsOf(more: Iterable<readonly [address: string, provider: ProviderId]>): Hosts {
  const named = [...more].flatMap(([address, provider]) => {
    const host = URL.parse(address)?.host;
    return host ? [[host, provider] as const] : [];
  });
  return new Map([...known, ...named]);
}

/** Keys that tell by their beginning whose they are; the longer beginning first. */
const prefixes: readonly (readonly [prefix: string, service: string])[] = [
  ['sk-ant-', 'Anthropic'],
  ['sk-or-', 'OpenRouter'],
  ['sk-proj-', 'OpenAI'],
  ['sk-svcacct-', 'OpenAI'],
  ['gsk_', 'Groq'],
  ['xai-', 'xAI'],
  ['AIza', 'Google'],
  ['hf_', 'Hugging Face'],
  ['nvapi-', 'NVIDIA'],
  ['ghp_', 'GitHub'],
  ['github_pat_', 'GitHub'],
];
const homes: Readonly<Record<string, string>> = {
  Anthropic: 'anthropic.com',
  OpenRouter: 'openrouter.ai',
  OpenAI: 'openai.com',
  Groq: 'groq.com',
  xAI: 'x.ai',
  Google: 'googleapis.com',
  'Hugging Face': 'huggingface.co',
  NVIDIA: 'nvidia.com',
  GitHub: 'github.com',
};

/** The service that issues keys like this one; null where many do. */
export const issuerOf = (secret: string): string | null =>
  prefixes.find(([prefix]) => secret.startsWith(prefix))?.[1] ?? null;

/** The provider through which that service is asked, when the user has added it. */
export function providerOfIssuer(service: string, hosts: Hosts): ProviderId | null {
  const home = homes[service];
  if (home === undefined) return null;
  for (const [host, provider] of hosts) if (host === home || host.endsWith(`.${home}`)) return provider;
  return null;
}

/** Variables of compose files and shells, by what their names contain. */
const variables: readonly (readonly [part: string, provider: ProviderId])[] = [
  ['longcat_passport', 'longcat'],
  ['longcat_token', 'longcat'],
  ['longcat', 'longcat-api'],
  ['k2think_token', 'k2think'],
  ['k2think', 'k2think-api'],
  ['zai_token', 'zai'],
  ['zai', 'zai-api'],
  ['zhipu', 'zai-api'],
  ['bigmodel', 'zai-api'],
];
export const providerOfVariable = (name: string): ProviderId | null =>
  variables.find(([part]) => name.includes(part))?.[1] ?? null;

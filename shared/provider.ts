import { z } from 'zod';

/**
 * The providers that come with the product, in the order that decides when two offer the same model. `letter` begins the
 * default aliases of its tokens (`Z1`, `Z2`). Names are proper names; they are not translated.
 */
export const builtIns = {
  'zai-api': { name: 'Z.AI API', letter: 'ZA' },
  zai: { name: 'Z.AI', letter: 'Z' },
  'k2think-api': { name: 'K2 Think API', letter: 'KA' },
  k2think: { name: 'K2 Think', letter: 'K' },
  'longcat-api': { name: 'LongCat API', letter: 'LA' },
  longcat: { name: 'LongCat', letter: 'L' },
  local: { name: 'Local', letter: '' },
} as const;
export type BuiltInId = keyof typeof builtIns;

export const isBuiltIn = (id: string): id is BuiltInId => Object.hasOwn(builtIns, id);

/** A provider as the user sees it: one that comes with the product, or one that he has added, by the id given then. */
export const ProviderId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
export type ProviderId = z.infer<typeof ProviderId>;

/** Whether its credentials are API keys; those of the others are tokens of a web account. */
export const usesApiKeys = (id: ProviderId): boolean => !isBuiltIn(id) || id.endsWith('-api');

/** What a provider that the user adds can be. */
export const addableKinds = ['openai-compatible', 'anthropic-compatible'] as const;
export type AddableKind = (typeof addableKinds)[number];

/** A service the user has added by its address. Its keys are tokens of the provider with this id, never part of this. */
export const AddedProvider = z.object({
  id: ProviderId.refine((id) => !isBuiltIn(id), 'This name belongs to a provider that comes with Traygate.'),
  kind: z.enum(addableKinds),
  name: z.string().trim().min(1).max(60),
  baseUrl: z.string().min(1).max(500),
  enabled: z.boolean().default(true),
  /** Asks for no key, as servers on one's own computer do. */
  keyless: z.boolean().default(false),
  /** Sent with every request. */
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/), z.string().max(1_000)).default({}),
  /** Models to offer, by name or pattern with `*`; empty offers all that the service lists. */
  models: z.array(z.string().min(1).max(200)).max(500).default([]),
  /** Put before each model's name, e.g. `or/`. */
  prefix: z.string().max(40).default(''),
});
export type AddedProvider = z.infer<typeof AddedProvider>;

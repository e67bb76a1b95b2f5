import { z } from 'zod';
import { ProviderId } from './provider.ts';
import { formats, places } from './paste/pasted.ts';

/** What a pasted token is, as far as it shows by itself. `sign-in`: e-mail and password. */
export const tokenKinds = ['user', 'guest', 'api-key', 'sign-in', 'unknown'] as const;

/** Why something is no token at all. */
const strange = [
  'too-short',
  'characters',
  'cut-off',
  'masked',
  'placeholder',
  'client-key',
  'no-token-cookie',
] as const;
/** Why a token is not to be saved. */
const unwanted = ['expired', 'guest', 'other-service'] as const;

export const pasteProblems = [...strange, ...unwanted] as const;
export type PasteProblem = (typeof pasteProblems)[number];
export const isStrange = (problem: PasteProblem): boolean => strange.some((one) => one === problem);

/** One item of pasted text, told without any character of it. */
export const DiagnosedItem = z.object({
  /** From 1; null where lines say nothing. */
  line: z.number().int().nullable(),
  place: z.enum(places),
  /** Of the header, cookie, field or variable it stood in. */
  name: z.string().nullable(),
  fingerprint: z.string().nullable(),
  /** Whose token it is; null: nobody's in particular. */
  provider: ProviderId.nullable(),
  /** A service that is none of the providers: `Anthropic`, or a host. */
  service: z.string().nullable(),
  kind: z.enum(tokenKinds),
  /** Epoch milliseconds; null: it does not say. */
  expiresAt: z.number().nullable(),
  /** Masked, e.g. `j•••@g•••.com`. */
  account: z.string().nullable(),
  duplicate: z
    .discriminatedUnion('of', [
      z.object({ of: z.literal('paste') }),
      z.object({ of: z.literal('saved'), provider: ProviderId, alias: z.string() }),
    ])
    .nullable(),
  problem: z.enum(pasteProblems).nullable(),
});
export type DiagnosedItem = z.infer<typeof DiagnosedItem>;

/** What the token doctor says about pasted text, seen from one provider. */
export const Diagnosis = z.object({
  format: z.enum(formats),
  read: z.number().int(),
  /** Would be saved for the provider that was asked about. */
  fresh: z.number().int(),
  duplicates: z.number().int(),
  /** No tokens at all, and tokens that are not to be saved. */
  strange: z.number().int(),
  unwanted: z.number().int(),
  /** New, but of other providers. */
  elsewhere: z.array(z.object({ provider: ProviderId, count: z.number().int() })),
  /** All that are not plainly new, then the others; at most 500. */
  items: z.array(DiagnosedItem),
  /** There was more text than is looked at. */
  cut: z.boolean(),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

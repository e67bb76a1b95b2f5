import { z } from 'zod';
import { AddedProvider, ProviderId } from './provider.ts';

/** What a `traygate://` link wants to have saved. The user is asked first, whoever made the link. */
export const LinkRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add-token'), provider: ProviderId, token: z.string().min(1).max(20_000) }),
  z.object({
    kind: z.literal('add-provider'),
    provider: AddedProvider.pick({ kind: true, name: true, baseUrl: true }),
    key: z.string().min(1).max(1_000).nullable(),
  }),
]);
export type LinkRequest = z.infer<typeof LinkRequest>;

/** The calls about links. */
export const linkCalls = {
  /** What a link wants, handed over this once; null when none waits. */
  'link.take': { input: z.null(), output: LinkRequest.nullable() },
} as const;

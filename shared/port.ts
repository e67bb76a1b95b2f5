import { z } from 'zod';

/** What to do when the port is taken: ask in the window (a server has nobody to ask and fails), take the next free one, or fail. */
export const portBusyModes = ['ask', 'next', 'fail'] as const;
export type PortBusyMode = (typeof portBusyModes)[number];

/** The program that listens on a port. */
export const PortOwner = z.object({ pid: z.number().int(), name: z.string() });
export type PortOwner = z.infer<typeof PortOwner>;

/** The port that was wanted and is used by another program. */
export const PortTaken = z.object({
  port: z.number().int(),
  /** Null where the system does not say. */
  owner: PortOwner.nullable(),
  /** The next one that is free; the one that was taken instead when the gateway runs. */
  next: z.number().int().nullable(),
});
export type PortTaken = z.infer<typeof PortTaken>;

/** An address that clients may take for ours, because `localhost` can mean it, where another program answers. */
export const Stranger = z.object({ address: z.string(), owner: PortOwner.nullable() });
export type Stranger = z.infer<typeof Stranger>;

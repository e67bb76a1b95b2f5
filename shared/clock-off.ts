import { z } from 'zod';

/** The clock of this computer differs by so many seconds (positive: it is ahead) from that of a service, and of all that were asked. */
export const ClockOff = z.object({ host: z.string(), seconds: z.number().int() });
export type ClockOff = z.infer<typeof ClockOff>;

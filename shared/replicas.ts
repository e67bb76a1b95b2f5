import { z } from 'zod';

/** Whether what replicas share can be asked for; without, why not: each goes by what it knows itself. */
export const ReplicasState = z.object({ connected: z.boolean(), error: z.string().nullable() });
export type ReplicasState = z.infer<typeof ReplicasState>;

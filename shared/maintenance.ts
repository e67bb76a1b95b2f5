import { z } from 'zod';

/** What maintenance of tokens may do. */
export const MaintenanceSteps = z.object({
  /** Ask whose each token is. */
  check: z.boolean(),
  /** Of several tokens of one account keep one. */
  dedupe: z.boolean(),
  /** Remove what has been invalid for long (setting `tokens.pruneDays`). */
  prune: z.boolean(),
});
export type MaintenanceSteps = z.infer<typeof MaintenanceSteps>;

/** Counts of tokens; what was removed can be restored until the gateway stops. */
export const MaintenanceReport = z.object({
  checked: z.number().int(),
  user: z.number().int(),
  guest: z.number().int(),
  invalid: z.number().int(),
  /** Could not be asked about: nothing was changed about them. */
  unreachable: z.number().int(),
  duplicates: z.array(z.string()),
  pruned: z.array(z.string()),
});
export type MaintenanceReport = z.infer<typeof MaintenanceReport>;

/** Hours between two runs; 0: only on demand. */
export const MaintainHours = z.number().int().min(0).max(720);
/** Days after which invalid tokens go; 0: never. */
export const PruneDays = z.number().int().min(0).max(365);

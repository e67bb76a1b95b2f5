import { z } from 'zod';

const id = z.string().min(1).max(100);

/** The only ways in which a token leaves the gateway other than to its provider: each asked for by the user, one by one. */
export const tokenSecretCalls = {
  /** Onto the clipboard; where the shell has none, it is handed over once for the page to do so. */
  'tokens.copy': { input: z.object({ id }), output: z.object({ copied: z.boolean(), value: z.string().nullable() }) },
  /** To be looked at. On the desktop the system asks who is there, where it can. */
  'tokens.reveal': { input: z.object({ id }), output: z.object({ value: z.string() }) },
  /** As text, one a line. `leftOut`: those that cannot be read without their sealing key. */
  'tokens.export': {
    input: z.object({ ids: z.array(id).min(1).max(10_000), typed: z.literal('EXPORT') }),
    output: z.object({ name: z.string(), text: z.string(), leftOut: z.number().int() }),
  },
} as const;

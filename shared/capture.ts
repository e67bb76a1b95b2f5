import { z } from 'zod';

/** Which requests and answers are kept beside their row in Logs (docs/logs.md). */
export const bodyModes = ['off', 'memory', 'errors', 'all'] as const;
export type BodyMode = (typeof bodyModes)[number];

/** What stands in the place of a secret. */
export const redactedMark = '[redacted]';

/** A header or field by its name, or a place in the request's body such as `$.metadata.user_id` or `$.messages[*].name`. */
export const RedactionRule = z
  .string()
  .max(200)
  .regex(/^(?:[\w-]+|\$(?:\.[\w-]+|\[\d+\]|\[\*\]|\.\*)+)$/);

const Header = z.tuple([z.string(), z.string()]);

export const CapturedEvent = z.object({
  /** Milliseconds since the request was received. */
  at: z.number().nonnegative(),
  type: z.string(),
  text: z.string(),
});
export type CapturedEvent = z.infer<typeof CapturedEvent>;

export const CapturedCall = z.object({ id: z.string(), name: z.string(), arguments: z.string() });
export type CapturedCall = z.infer<typeof CapturedCall>;

/** What a client has sent and was answered, without secrets and no longer than the settings allow. */
export const Captured = z.object({
  method: z.string(),
  path: z.string(),
  request: z.object({
    headers: z.array(Header),
    /** JSON; shortened inside its strings and lists, so that it can still be read as JSON. */
    body: z.string(),
    /** Bytes that came. */
    size: z.number().int().nonnegative(),
    cut: z.boolean(),
  }),
  response: z.object({
    headers: z.array(Header),
    text: z.string(),
    reasoning: z.string(),
    calls: z.array(CapturedCall),
    cut: z.boolean(),
  }),
  events: z.array(CapturedEvent),
  /** Events that there was no room for. */
  eventsLeftOut: z.number().int().nonnegative(),
  /** Values that were taken out. */
  redacted: z.number().int().nonnegative(),
});
export type Captured = z.infer<typeof Captured>;

export const Bodies = z.object({ mode: z.enum(bodyModes), captured: Captured.nullable() });
export type Bodies = z.infer<typeof Bodies>;

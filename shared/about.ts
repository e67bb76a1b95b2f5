import { z } from 'zod';

/** What a check of the self-test has found, and how it is to be taken. The window has a sentence for each. */
export const outcomes = {
  addressOk: 'ok',
  addressFailed: 'failed',
  keyOk: 'ok',
  keyOpen: 'notice',
  keyFailed: 'failed',
  answerOk: 'ok',
  answerOff: 'notice',
  answerFailed: 'failed',
  dataOk: 'ok',
  dataFailed: 'failed',
  secretsOk: 'ok',
  secretsPlain: 'notice',
  secretsLocked: 'failed',
  diskOk: 'ok',
  diskLow: 'notice',
  diskUnknown: 'notice',
  backupOk: 'ok',
  backupNone: 'notice',
  providersOk: 'ok',
  providersSome: 'notice',
  providersNone: 'failed',
  providersOff: 'notice',
} as const;
export type Outcome = keyof typeof outcomes;
const isOutcome = (text: unknown): boolean => typeof text === 'string' && Object.hasOwn(outcomes, text);

export const Checked = z.object({
  outcome: z.custom<Outcome>(isOutcome),
  /** What stands in its sentence. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Checked = z.infer<typeof Checked>;

/** Whether the address of a provider answers anything at all, as requests go out now. */
export const Reached = z.object({
  provider: z.string(),
  name: z.string(),
  host: z.string(),
  /** On this computer, where no proxy is asked. */
  near: z.boolean(),
  /** Milliseconds to its first word; null where it did not answer. */
  ms: z.number().int().nullable(),
  /** Of the error table; the window translates by it. */
  code: z.string().nullable(),
  message: z.string().nullable(),
});
export type Reached = z.infer<typeof Reached>;

export const placeIds = ['data', 'settings', 'logs'] as const;
const nothing = z.null();

/** The calls of Settings › About and diagnostics. */
export const aboutCalls = {
  'about.get': {
    input: nothing,
    output: z.object({
      /** Node, Chromium and the like → version. */
      runs: z.record(z.string(), z.string()),
      system: z.string(),
      places: z.record(z.enum(placeIds), z.string()),
      /** Whether `about.show` can. */
      canShow: z.boolean(),
    }),
  },
  /** Shows a place in the system's own window of files, where there is one. */
  'about.show': { input: z.object({ place: z.enum(placeIds) }), output: nothing },
  /** The licences of what Traygate is made with; null before it was built. */
  'about.licences': { input: nothing, output: z.object({ text: z.string().nullable() }) },
  /** The self-test: each check by itself, with what it has found. */
  'about.test': { input: nothing, output: z.array(Checked) },
  /** Asks each provider that is switched on, with the proxy that is in force. */
  'about.reach': { input: nothing, output: z.object({ proxy: z.string().nullable(), reached: z.array(Reached) }) },
} as const;

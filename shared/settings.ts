import { z } from 'zod';

/** Dotted path → value. */
const Values = z.record(z.string(), z.unknown());

export const SettingsView = z.object({
  /** What is in force. Passwords within addresses are masked. */
  values: Values,
  defaults: Values,
  /** Dotted path → the variable, option or file that fixes it. */
  locked: z.record(z.string(), z.string()),
});
export type SettingsView = z.infer<typeof SettingsView>;

/** Where other computers would find this gateway, and what speaks against letting them. */
export const LanView = z.object({
  addresses: z.array(z.string()),
  /** Names of keys that could be guessed over a network. */
  weakKeys: z.array(z.string()),
});
export type LanView = z.infer<typeof LanView>;

/** What can be wrong with a file of certificates. */
export const certificateProblems = ['certificate_unreadable', 'certificate_none', 'certificate_damaged'] as const;
export type CertificateProblem = (typeof certificateProblems)[number];

/** What a reset makes as it was at the first start. */
export const resettable = ['settings', 'tokens', 'logs', 'everything'] as const;

/** Whether this gateway could listen on a port: its own, free, or another program's. */
export const PortCheck = z.object({ state: z.enum(['own', 'free', 'used']), by: z.string().nullable() });
export type PortCheck = z.infer<typeof PortCheck>;

/** Names the window, so that it can tell what others have changed from what it has changed itself. */
const by = z.string().min(1).max(100).nullable().default(null);
const path = z.string().min(1).max(200);
const nothing = z.null();

/** The calls of the settings page. */
export const settingCalls = {
  'settings.get': { input: nothing, output: SettingsView },
  /** Checked, applied to what runs, then saved. What cannot be applied is refused, and everything is as it was. */
  'settings.set': { input: z.object({ path, value: z.unknown(), by }), output: SettingsView },
  'settings.reset': { input: z.object({ path, by }), output: SettingsView },
  'settings.port': { input: z.object({ port: z.number().int().min(1).max(65_535) }), output: PortCheck },
  'settings.lan': { input: nothing, output: LanView },
  /** The certificates of the extra file that is in force; `problem`: why there are none. */
  'settings.certificates': {
    input: nothing,
    output: z.object({
      certificates: z.array(z.object({ subject: z.string(), until: z.number().int() })),
      problem: z.enum(certificateProblems).nullable(),
    }),
  },
  /** Who is signed in to the window in a browser, and whether a password is set. */
  'sessions.list': {
    input: nothing,
    output: z.object({
      password: z.boolean(),
      sessions: z.array(
        z.object({ id: z.string(), address: z.string(), since: z.number().int(), seen: z.number().int() }),
      ),
    }),
  },
  'sessions.end': { input: z.object({ id: z.string().min(1).max(100) }), output: nothing },
  /** Makes things as they were at the first start, after a backup of what they are. */
  'data.reset': { input: z.object({ what: z.enum(resettable), typed: z.literal('RESET') }), output: nothing },
} as const;

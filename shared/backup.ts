import { z } from 'zod';

/** automatic: once a day; manual: asked for; safety: before a restore or an import. */
export const backupKinds = ['automatic', 'manual', 'safety'] as const;
export type BackupKind = (typeof backupKinds)[number];

const time = z.number().int();

/** A backup as it lies in the folder of backups. */
export const Backup = z.object({
  id: z.string(),
  kind: z.enum(backupKinds),
  /** Epoch milliseconds. */
  madeAt: time,
  /** The version of Traygate that made it. */
  version: z.string(),
  tokens: z.number().int(),
  bytes: z.number().int(),
  /** Why it cannot be used: it cannot be read, or a newer version has made it. */
  problem: z.enum(['damaged', 'newer']).nullable(),
});
export type Backup = z.infer<typeof Backup>;

/** What restoring a backup would do. */
export const BackupPreview = z.object({
  backup: Backup,
  /** Tokens that are not saved now and would be. */
  returning: z.number().int(),
  /** Tokens that are saved now and would no longer be. */
  leaving: z.number().int(),
  /** Paths of settings that would have another value. */
  settings: z.array(z.string()),
});
export type BackupPreview = z.infer<typeof BackupPreview>;

/** What an exported file holds, and what importing it would do. */
export const ImportPreview = z.object({
  madeAt: time,
  version: z.string(),
  tokens: z.object({
    /** Would be added. */
    added: z.number().int(),
    /** Are saved already. */
    known: z.number().int(),
    /** Belong to a provider that is not here, or is at another address here. */
    strange: z.number().int(),
  }),
  /** Providers that would be added. */
  providers: z.array(z.string()),
  /** Paths of settings that would have another value. */
  settings: z.array(z.string()),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

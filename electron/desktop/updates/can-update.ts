import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Whether this copy can be updated: releases carry the address of their updates in `app-update.yml`, which a build without a
 * publish target does not have. A portable program is replaced by its user.
 */
export function canUpdate(
  resources: string,
  environment: Readonly<Record<string, string | undefined>>,
  isPackaged: boolean,
): boolean {
  if (!isPackaged || environment['PORTABLE_EXECUTABLE_FILE'] !== undefined) return false;
  return existsSync(path.join(resources, 'app-update.yml'));
}

import type { Config } from '../settings/config/read.ts';
import type { EnvironmentSecrets } from '../settings/environment.ts';

/** A client key that is set from outside. */
export interface FixedKey {
  readonly name: string;
  readonly value: string;
  readonly scope: 'all' | 'anthropic';
  /** The variable or the file. */
  readonly by: string;
  /** It takes the place of the generated key. */
  readonly isDefault: boolean;
}

/** The keys of the environment and the configuration file. AUTH_TOKEN replaces the generated key, without it the file's first. */
export function fixedKeys(
  { clientKey, furtherKeys, anthropicKey }: Pick<EnvironmentSecrets, 'clientKey' | 'furtherKeys' | 'anthropicKey'>,
  config: Pick<Config, 'clientKeys' | 'file'> | null,
): FixedKey[] {
  const keys: FixedKey[] = [];
  const add = (name: string, value: string, by: string, more: Partial<FixedKey> = {}) =>
    keys.push({ name, value, by, scope: 'all', isDefault: false, ...more });
  if (clientKey !== null) add('AUTH_TOKEN', clientKey, 'AUTH_TOKEN', { isDefault: true });
  const file = config?.file ?? '';
  for (const [at, value] of (config?.clientKeys ?? []).entries())
    add(`${file} ${at + 1}`, value, file, { isDefault: clientKey === null && at === 0 });
  for (const [at, value] of furtherKeys.entries()) add(`AUTH_TOKENS ${at + 1}`, value, 'AUTH_TOKENS');
  if (anthropicKey !== null) add('ANTHROPIC_API_KEY', anthropicKey, 'ANTHROPIC_API_KEY', { scope: 'anthropic' });
  return keys;
}

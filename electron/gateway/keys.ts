import { type ClientKey, ClientKeys, randomClientKey } from './http/client-keys.ts';
import type { EnvironmentSecrets } from './settings/environment.ts';
import type { Secrets } from './storage/secrets.ts';

const secretName = 'client-key';

/** The default key: AUTH_TOKEN if set, else the one made at the first start and sealed since. */
export function defaultClientKey(environment: EnvironmentSecrets, secrets: Secrets): string {
  if (environment.clientKey !== null) return environment.clientKey;
  const saved = secrets.get(secretName);
  if (saved !== null) return saved;
  const made = randomClientKey();
  // One that cannot be read today is left alone: its sealing key may come back.
  if (!secrets.has(secretName)) secrets.set(secretName, made);
  return made;
}

/** All keys that clients may send. */
export function clientKeys(defaultKey: string, environment: EnvironmentSecrets, required: boolean): ClientKeys {
  const keys: ClientKey[] = [
    { name: 'Default', value: defaultKey, scope: 'all' },
    ...environment.furtherKeys.map((value, at): ClientKey => ({ name: `AUTH_TOKENS ${at + 1}`, value, scope: 'all' })),
  ];
  if (environment.anthropicKey !== null)
    keys.push({ name: 'ANTHROPIC_API_KEY', value: environment.anthropicKey, scope: 'anthropic' });
  return new ClientKeys(keys, required);
}

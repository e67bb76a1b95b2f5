import type { tokenSecretCalls } from '../../../shared/token-secrets.ts';
import type { Shell } from '../shell.ts';
import { type Handlers, Refusal } from './dispatch.ts';
import { handOver } from './key-calls.ts';
import type { TokenKeeper } from './tokens.ts';

/** Hands tokens out to their owner. Everything else the window is told of them holds no character of a token. */
export function tokenSecretHandlers(
  tokens: TokenKeeper,
  shell: Pick<Shell, 'copy'>,
): Pick<Handlers, keyof typeof tokenSecretCalls> {
  const read = (id: string): string => {
    const secret = tokens.saved(id).secret;
    if (secret === null)
      throw new Refusal('This token cannot be read: the key that sealed it is missing.', 'token_locked');
    return secret;
  };
  return {
    'tokens.copy': ({ id }) => handOver(shell, read(id)),
    'tokens.reveal': ({ id }) => ({ value: read(id) }),
    'tokens.export': ({ ids }) => {
      const found = ids.map((id) => tokens.saved(id));
      const secrets = found.flatMap(({ secret }) => secret ?? []);
      const providers = new Set(found.map(({ provider }) => provider));
      return {
        name: `${providers.size === 1 ? `${found[0]?.provider}-` : ''}tokens.txt`,
        text: `${secrets.join('\n')}\n`,
        leftOut: found.length - secrets.length,
      };
    },
  };
}

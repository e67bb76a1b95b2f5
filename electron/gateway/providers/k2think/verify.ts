import { ChatError, toChatError } from '../../chat/errors.ts';
import type { ProviderContext, Verification } from '../provider.ts';
import type { Listed } from '../wire/shared/catalogue.ts';
import { isHeaderText } from '../wire/shared/headers.ts';
import { claimsOf, maskAccount, tokenUserId } from '../wire/web/identity.ts';
import { signInOf, type Accounts } from './account.ts';
import { listModels } from './models.ts';
import type { Setup } from './options.ts';

/**
 * Whether the site knows this account: the list of models is for signed-in users only. Nothing but what it says about the
 * credential counts against it.
 */
export async function verifyAccount(
  { network }: ProviderContext,
  setup: Setup,
  accounts: Accounts,
  secret: string,
  signal: AbortSignal,
  learn: (models: readonly Listed[]) => void,
): Promise<Verification> {
  const account = signInOf(secret);
  if (!account && !isHeaderText(secret))
    return { outcome: 'invalid', reason: 'The token has characters that no token has.' };
  try {
    const token = await accounts.token(secret, signal);
    const models = await listModels(network, setup, token, signal);
    if (!models) throw new ChatError('upstream_protocol', 'K2 Think sent something else than a list of models.');
    learn(models);
    const userId = tokenUserId(token);
    const hint = maskAccount(account?.email ?? claimsOf(token)['email']);
    return { outcome: 'user', ...(userId !== undefined && { userId }), ...(hint !== undefined && { account: hint }) };
  } catch (error) {
    const { code, message } = toChatError(error);
    return { outcome: code === 'upstream_auth_failed' ? 'invalid' : 'unreachable', reason: message, code };
  }
}

import type { ProviderState } from '../../../../shared/state.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { call } from '../../../lib/backend.ts';
import { isWanted } from '../../../lib/providers.ts';
import { attempt, complain, say } from '../../../lib/toasts.ts';

/** Asks each provider about each of its tokens. */
export async function checkAllTokens(providers: readonly ProviderState[]): Promise<void> {
  const own = providers.filter((provider) => isWanted(provider) && provider.total > 0);
  const lists = await attempt(Promise.all(own.map(({ id }) => call('tokens.list', { provider: id }))));
  const ids = lists?.flat().map(({ id }) => id);
  if (ids === undefined) return;
  if (ids.length === 0) {
    complain(i18n.t('palette.noTokens'));
    return;
  }
  const checked = await attempt(call('tokens.check', { ids }));
  if (checked !== null) say(i18n.t('tokens.checked', { count: checked.length }));
}

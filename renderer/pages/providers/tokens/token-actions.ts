import type { ProviderId } from '../../../../shared/provider.ts';
import type { Token } from '../../../../shared/token.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { call } from '../../../lib/backend.ts';
import { hideTokens, showTokens, tokensChanged } from '../../../lib/queries.ts';
import { wordFor } from '../../../lib/providers.ts';
import { attempt, offerUndo, say } from '../../../lib/toasts.ts';

const idsOf = (tokens: readonly Token[]): string[] => tokens.map(({ id }) => id);

export async function checkTokens(provider: ProviderId, tokens: readonly Token[]): Promise<void> {
  const checked = await attempt(call('tokens.check', { ids: idsOf(tokens) }));
  if (checked === null) return;
  showTokens(provider, checked);
  say(i18n.t('tokens.checked', { count: checked.length, ...wordFor(provider) }));
}

export async function enableTokens(provider: ProviderId, tokens: readonly Token[], enabled: boolean): Promise<void> {
  const changed = await attempt(call('tokens.enable', { ids: idsOf(tokens), enabled }));
  if (changed !== null) showTokens(provider, changed);
}

export async function renameToken(provider: ProviderId, id: string, alias: string): Promise<void> {
  const renamed = await attempt(call('tokens.rename', { id, alias }));
  if (renamed !== null) showTokens(provider, [renamed]);
}

/** Removing needs no question: it can be taken back for ten seconds. */
export async function removeTokens(provider: ProviderId, ids: readonly string[]): Promise<boolean> {
  const answer = await attempt(call('tokens.remove', { ids: [...ids] }));
  if (answer === null) return false;
  hideTokens(provider, answer.removed);
  if (answer.removed.length > 0) {
    offerUndo(i18n.t('tokens.removed', { count: answer.removed.length, ...wordFor(provider) }), () => {
      void attempt(call('tokens.restore', { ids: answer.removed })).then(() => tokensChanged(provider));
    });
  }
  return true;
}

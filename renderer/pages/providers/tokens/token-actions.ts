import type { ProviderId } from '../../../../shared/provider.ts';
import type { Token } from '../../../../shared/token.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { call } from '../../../lib/backend.ts';
import { copyText } from '../../../lib/clipboard.ts';
import { hideTokens, showTokens, tokensChanged } from '../../../lib/queries.ts';
import { wordFor } from '../../../lib/providers.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { attempt, complain, offerUndo, say } from '../../../lib/toasts.ts';

const idsOf = (tokens: readonly Token[]): string[] => tokens.map(({ id }) => id);

export async function checkTokens(provider: ProviderId, tokens: readonly Token[]): Promise<void> {
  const checked = await attempt(call('tokens.check', { ids: idsOf(tokens) }));
  if (checked === null) return;
  showTokens(provider, checked);
  say(i18n.t('tokens.checked', { count: checked.length, ...wordFor(provider) }));
}

/** Of several at once it can be taken back: those that were so before are not touched by that. */
export async function enableTokens(provider: ProviderId, tokens: readonly Token[], enabled: boolean): Promise<void> {
  const others = tokens.filter((token) => token.enabled !== enabled);
  if (others.length === 0) return;
  const changed = await attempt(call('tokens.enable', { ids: idsOf(others), enabled }));
  if (changed === null) return;
  showTokens(provider, changed);
  if (others.length === 1) return;
  offerUndo(
    i18n.t(enabled ? 'tokens.switchedOn' : 'tokens.switchedOff', { count: others.length, ...wordFor(provider) }),
    () => void enableTokens(provider, changed, !enabled),
  );
}

export async function tuneTokens(
  provider: ProviderId,
  tokens: readonly Token[],
  change: { readonly weight?: number; readonly priority?: number },
): Promise<void> {
  const changed = await attempt(call('tokens.tune', { ids: idsOf(tokens), ...change }));
  if (changed !== null) showTokens(provider, changed);
}

/** On the desktop it goes to the clipboard without passing through the page. */
export async function copyToken({ alias, id, provider }: Token): Promise<void> {
  const answer = await attempt(call('tokens.copy', { id }));
  if (answer === null) return;
  const copied = answer.copied || (answer.value !== null && (await copyText(answer.value)));
  if (copied) say(i18n.t('tokens.copied', { alias, ...wordFor(provider) }));
  else complain(i18n.t('copy.failed'));
}

export async function exportTokens(provider: ProviderId, tokens: readonly Token[]): Promise<boolean> {
  const file = await attempt(call('tokens.export', { ids: idsOf(tokens), typed: 'EXPORT' }));
  if (file === null) return false;
  saveFile(file.name, file.text, 'text/plain');
  if (file.leftOut > 0) complain(i18n.t('tokens.export.leftOut', { count: file.leftOut, ...wordFor(provider) }));
  return true;
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

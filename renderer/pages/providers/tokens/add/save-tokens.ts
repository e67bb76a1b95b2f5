import type { Input, Output } from '../../../../../shared/contract.ts';
import type { ProviderId } from '../../../../../shared/provider.ts';
import { i18n } from '../../../../i18n/i18n.ts';
import { call } from '../../../../lib/backend.ts';
import { hideTokens, tokensChanged } from '../../../../lib/queries.ts';
import { wordFor } from '../../../../lib/providers.ts';
import { attempt, offerUndo } from '../../../../lib/toasts.ts';

async function undo(provider: ProviderId, ids: string[]): Promise<void> {
  const answer = await attempt(call('tokens.remove', { ids }));
  if (answer !== null) hideTokens(provider, answer.removed);
}

export async function saveTokens(input: Input<'tokens.add'>): Promise<Output<'tokens.add'> | null> {
  const { provider } = input;
  const lines = await attempt(call('tokens.add', input));
  if (lines === null) return null;
  const ids = lines.flatMap(({ id }) => id ?? []);
  void tokensChanged(provider);
  const added = i18n.t('tokens.added', { count: ids.length, ...wordFor(provider) });
  if (ids.length > 0) offerUndo(added, () => void undo(provider, ids));
  return lines;
}

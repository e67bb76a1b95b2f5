import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { LinkRequest } from '../../../shared/link.ts';
import { call } from '../../lib/backend.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { linkRequest } from '../../lib/links.ts';
import { useStore } from '../../lib/store.ts';
import { attempt, say } from '../../lib/toasts.ts';
import { ConfirmDialog } from '../confirm-dialog.tsx';

/** Saves what a link wants; answers with the provider it is for. */
async function save(wanted: LinkRequest): Promise<string> {
  if (wanted.kind === 'add-provider') {
    return (await call('provider.add', { provider: wanted.provider, keys: wanted.key })).id;
  }
  await call('tokens.add', { provider: wanted.provider, text: wanted.token, check: true });
  return wanted.provider;
}

/** Any page and any program can make a link, so what it wants is told in full, and done only if the user says so. */
export function LinkQuestion() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const wanted = useStore(linkRequest);
  const { providers } = useGateway();
  if (wanted === null) return null;
  const name = wanted.kind === 'add-provider' ? wanted.provider.name : wanted.provider;
  const known = providers.find(({ id }) => id === name)?.name ?? name;
  const agree = async (): Promise<void> => {
    const id = await attempt(save(wanted));
    if (id === null) return;
    say(t('links.done'));
    await navigate({ to: '/providers/$providerId', params: { providerId: id } });
  };
  return (
    <ConfirmDialog
      open
      onClose={() => linkRequest.set(null)}
      title={t(`links.${wanted.kind}.title`, { name: known })}
      body={
        wanted.kind === 'add-provider'
          ? t('links.add-provider.body', { url: wanted.provider.baseUrl })
          : t('links.add-token.body', { ending: wanted.token.slice(-4) })
      }
      choices={[{ label: t('links.add'), intent: 'primary', run: () => void agree() }]}
    />
  );
}

import { useTranslation } from 'react-i18next';
import { providerName } from '../../../lib/provider-name.ts';
import type { ProviderState } from '../../../../shared/state.ts';
import { SwitchRow } from '../../../components/switch-row.tsx';
import { call } from '../../../lib/backend.ts';
import { attempt } from '../../../lib/toasts.ts';

export function GuestMode({ provider }: { readonly provider: ProviderState }) {
  const { t } = useTranslation();
  const name = providerName(provider.id);
  return (
    <div className="rounded-card border border-line bg-surface px-3 py-2">
      <SwitchRow
        title={<span className="font-medium">{t('tokens.guest.title')}</span>}
        note={
          provider.guestMode
            ? t('tokens.guest.on', { provider: name, count: provider.guests })
            : t('tokens.guest.off', { provider: name })
        }
        setting={`providers.${provider.id}.guestMode`}
        label={t('tokens.guest.title')}
        checked={provider.guestMode}
        onChange={(enabled) => void attempt(call('provider.guestMode', { provider: provider.id, enabled }))}
      />
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { SwitchRow } from '../../components/switch-row.tsx';
import { call } from '../../lib/backend.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { attempt } from '../../lib/toasts.ts';

/** Guest mode, for each provider that has it. */
export function Guests() {
  const { t } = useTranslation();
  const providers = useGateway().providers.filter(({ hasGuests }) => hasGuests);
  return (
    <div className="flex flex-col gap-4 p-2 sm:pr-10">
      {providers.map(({ id, name, guestMode }) => (
        <SwitchRow
          key={id}
          title={t('settings.guests.of', { name })}
          note={t('settings.guests.help')}
          setting={`providers.${id}.guestMode`}
          label={t('settings.guests.of', { name })}
          checked={guestMode}
          onChange={(enabled) => void attempt(call('provider.guestMode', { provider: id, enabled }))}
        />
      ))}
    </div>
  );
}

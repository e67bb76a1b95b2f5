import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { SideSheet } from '../../../components/side-sheet.tsx';
import { call } from '../../../lib/backend.ts';
import { isLoopback, useGateway } from '../../../lib/gateway-state.ts';
import { FieldRow } from './field-row.tsx';
import type { Field } from './fields.ts';
import { type Setting, useSetting } from './use-setting.ts';

/** Who can reach the gateway: programs here, or, after what that means has been read, other devices too. */
export function LanField({ field }: { readonly field: Field }) {
  const { t } = useTranslation();
  const setting = useSetting('server.host');
  const [asking, setAsking] = useState(false);
  const here = isLoopback(String(setting.value));
  return (
    <FieldRow field={field} setting={setting}>
      {(tied) => (
        <div className="flex flex-col items-end gap-1">
          <Button {...tied} onClick={() => (here ? setAsking(true) : void setting.set('127.0.0.1'))}>
            {t(here ? 'settings.lan.open' : 'settings.lan.close')}
          </Button>
          <span className={here ? 'text-xs text-muted' : 'text-xs text-warning'}>
            {t(here ? 'settings.lan.off' : 'settings.lan.on')}
          </span>
          <LanSheet open={asking} onClose={() => setAsking(false)} setting={setting} />
        </div>
      )}
    </FieldRow>
  );
}

interface LanSheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly setting: Setting;
}

function LanSheet({ open, onClose, setting }: LanSheetProps) {
  const { t } = useTranslation();
  const { port, keyRequired } = useGateway();
  const { data } = useQuery({ queryKey: ['lan'], queryFn: () => call('settings.lan'), enabled: open, staleTime: 0 });
  const weak = data?.weakKeys ?? [];
  const allowed = data !== undefined && keyRequired && weak.length === 0;
  const allow = async () => {
    if (await setting.set('0.0.0.0')) onClose();
  };
  return (
    <SideSheet
      open={open}
      onClose={onClose}
      title={t('settings.lan.title')}
      footer={
        <>
          <Button intent="primary" disabled={!allowed || setting.busy} onClick={() => void allow()}>
            {t('settings.lan.open')}
          </Button>
          <Button intent="ghost" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>{t('settings.lan.everyone')}</p>
        <p>{t('settings.lan.firewall')}</p>
        <p className="text-muted">
          {t('settings.lan.some', { label: t('settingFields.server_allowedClients.label') })}
        </p>
        {!keyRequired && <p className="text-danger">{t('settings.lan.needsKey')}</p>}
        {weak.length > 0 ? (
          <p className="text-danger">{t('settings.lan.weak', { names: weak.join(', ') })}</p>
        ) : (
          <p className="text-muted">{t('settings.lan.strong')}</p>
        )}
        {data?.addresses.length === 0 && <p className="text-warning">{t('settings.lan.noAddress')}</p>}
        {data !== undefined && data.addresses.length > 0 && (
          <div>
            <p>{t('settings.lan.addresses')}</p>
            <ul className="code">
              {data.addresses.map((address) => (
                <li key={address}>{`http://${address}:${port}`}</li>
              ))}
            </ul>
          </div>
        )}
        {setting.problem !== null && (
          <p role="alert" className="text-danger">
            {setting.problem}
          </p>
        )}
      </div>
    </SideSheet>
  );
}

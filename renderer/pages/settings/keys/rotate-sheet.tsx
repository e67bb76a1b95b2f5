import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientKey, KeyGrace } from '../../../../shared/client-key.ts';
import { Button } from '../../../components/button.tsx';
import { SideSheet } from '../../../components/side-sheet.tsx';
import { useFormat } from '../../../lib/format.ts';
import { useKeyName } from './key-name.ts';

const graces: readonly KeyGrace[] = [0, 10, 1_440];

const graceNames = { 0: 'none', 10: 'minutes', 1440: 'day' } as const;

interface RotateSheetProps {
  readonly clientKey: ClientKey;
  readonly onClose: () => void;
  readonly onRotate: (grace: KeyGrace) => void;
}

/** Asks before a key gets another value: who uses it, and how long the old one is still to be taken. */
export function RotateSheet({ clientKey, onClose, onRotate }: RotateSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useKeyName()(clientKey);
  const [grace, setGrace] = useState<KeyGrace>(10);
  const { clients24h } = clientKey;
  return (
    <SideSheet
      open
      onClose={onClose}
      title={t('clientKeys.rotating.title', { name })}
      footer={
        <>
          <Button intent="primary" onClick={() => onRotate(grace)}>
            {t('clientKeys.rotating.go')}
          </Button>
          <Button intent="ghost" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <p>
        {clients24h.length === 0
          ? t('clientKeys.rotating.unused')
          : t('clientKeys.rotating.usedBy', { names: format.list(clients24h) })}
      </p>
      <fieldset className="mt-4 flex flex-col gap-1">
        <legend className="mb-1 font-medium">{t('clientKeys.rotating.grace')}</legend>
        {graces.map((one) => (
          <label key={one} className="flex min-h-7 items-center gap-2">
            <input type="radio" name="grace" checked={grace === one} onChange={() => setGrace(one)} />
            {t(`clientKeys.rotating.graces.${graceNames[one]}`)}
          </label>
        ))}
      </fieldset>
    </SideSheet>
  );
}

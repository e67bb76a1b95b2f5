import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortCheck } from '../../../../shared/settings.ts';
import { call } from '../../../lib/backend.ts';
import { followPort } from '../follow-port.ts';
import { DraftInput } from './controls.tsx';
import { FieldRow } from './field-row.tsx';
import type { Field } from './fields.ts';
import { useSetting } from './use-setting.ts';

const checkAfterMs = 300;
const isPort = (text: string): boolean => /^\d{1,5}$/u.test(text) && Number(text) >= 1 && Number(text) <= 65_535;

/** The port, with whether the one that is being typed could be had. */
export function PortField({ field }: { readonly field: Field }) {
  const { t } = useTranslation();
  const setting = useSetting('server.port');
  const [typed, setTyped] = useState<string | null>(null);
  const [check, setCheck] = useState<PortCheck | null>(null);
  const type = (text: string) => {
    setCheck(null);
    setTyped(text);
  };
  useEffect(() => {
    if (typed === null || !isPort(typed)) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      call('settings.port', { port: Number(typed) }).then(
        (answer) => current && setCheck(answer),
        () => undefined,
      );
    }, checkAfterMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [typed]);
  const done = async (text: string) => {
    if (!isPort(text)) {
      setTyped(null);
      setting.complain(t('settings.range', { min: 1, max: 65_535 }));
      return;
    }
    setTyped(null);
    if (await setting.set(Number(text))) followPort(Number(text));
  };
  return (
    <FieldRow field={field} setting={setting}>
      {(tied) => (
        <div className="flex flex-col items-end gap-1">
          <DraftInput
            {...tied}
            inputMode="numeric"
            value={typeof setting.value === 'number' ? String(setting.value) : ''}
            onTyped={type}
            onDone={(text) => void done(text)}
            className="w-24"
          />
          <output className="text-xs text-muted">
            {check?.state === 'used'
              ? t('settings.port.used', { name: check.by ?? t('settings.port.usedByOne') })
              : check !== null && t(`settings.port.${check.state}`)}
            {typed !== null && isPort(typed) && Number(typed) < 1024 && ` ${t('settings.port.low')}`}
          </output>
        </div>
      )}
    </FieldRow>
  );
}

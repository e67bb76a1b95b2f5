import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reached } from '../../../../shared/about.ts';
import type { Output } from '../../../../shared/contract.ts';
import { Button } from '../../../components/button.tsx';
import { call } from '../../../lib/backend.ts';
import { errorText } from '../../../lib/error-text.ts';
import { attempt } from '../../../lib/toasts.ts';
import { DraftInput } from './controls.tsx';
import { FieldRow } from './field-row.tsx';
import type { Field } from './fields.ts';
import { useSetting } from './use-setting.ts';

/** The way out, and whether it leads anywhere: each provider is asked through it. */
export function ProxyField({ field }: { readonly field: Field }) {
  const { t } = useTranslation();
  const setting = useSetting('network.proxy');
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Output<'about.reach'> | null>(null);
  const test = async () => {
    setBusy(true);
    setFound(null);
    setFound(await attempt(call('about.reach')));
    setBusy(false);
  };
  const done = async (typed: string) => {
    setFound(null);
    await setting.set(typed.trim() === '' ? null : typed.trim());
  };
  return (
    <FieldRow field={field} setting={setting}>
      {(tied) => (
        <div className="flex w-full flex-col gap-2 sm:w-80">
          <DraftInput
            {...tied}
            value={typeof setting.value === 'string' ? setting.value : ''}
            onDone={(typed) => void done(typed)}
            className="w-full"
          />
          <Button className="self-start" disabled={busy || setting.busy} onClick={() => void test()}>
            {t('settings.proxy.test')}
          </Button>
          <output className="block">
            {busy && <span className="text-muted">{t('settings.proxy.testing')}</span>}
            {found !== null && <Verdict {...found} />}
          </output>
        </div>
      )}
    </FieldRow>
  );
}

function Verdict({ proxy, reached }: Output<'about.reach'>) {
  const { t } = useTranslation();
  const far = reached.filter(({ near }) => proxy === null || !near);
  const counts = { all: far.length, reached: far.filter(({ ms }) => ms !== null).length };
  const verdict =
    proxy === null
      ? 'direct'
      : counts.all === 0
        ? 'unused'
        : counts.reached === counts.all
          ? 'works'
          : counts.reached === 0
            ? 'none'
            : 'some';
  return (
    <>
      <strong className={verdict === 'none' ? 'font-medium text-danger' : 'font-medium'}>
        {t(`settings.proxy.${verdict}`, counts)}
      </strong>
      <ul className="mt-1">
        {reached.map((one) => (
          <li key={one.provider} className="flex flex-wrap justify-between gap-x-2 border-b border-line py-0.5">
            <span className="wrap-anywhere">{one.name}</span>
            <Answer one={one} proxied={proxy !== null} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Answer({ one, proxied }: { readonly one: Reached; readonly proxied: boolean }) {
  const { t, i18n } = useTranslation();
  const { ms, near, code, name, message } = one;
  const known = code === null ? undefined : errorText(code, name)?.title;
  // The gateway's own sentence says more, in English alone.
  const problem = i18n.language === 'en' ? (message ?? known) : (known ?? message);
  return (
    <span className={ms === null ? 'text-danger' : 'text-muted'}>
      {ms === null ? problem : t('settings.proxy.ms', { ms })}
      {near && proxied && ` ${t('settings.proxy.near')}`}
    </span>
  );
}

import { Lock, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderState } from '../../../shared/state.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { en } from '../../i18n/en/index.ts';
import { call } from '../../lib/backend.ts';
import { useLock } from '../../lib/gateway-state.ts';
import { attempt } from '../../lib/toasts.ts';

type BaseName = keyof typeof en.service.bases;
const isName = (base: string): base is BaseName => Object.hasOwn(en.service.bases, base);

const choose = (provider: string, base: string) => void attempt(call('provider.base', { provider, base }));

function useBaseText(): (base: string) => string {
  const { t } = useTranslation();
  return (base) => (isName(base) ? t(`service.bases.${base}`) : base);
}

/** Which of a vendor's addresses is asked: its keys belong to a region, and to a plan or to pay as you go. */
export function BaseChoice({ provider: { base, id } }: { readonly provider: ProviderState }) {
  const { t } = useTranslation();
  const textOf = useBaseText();
  const name = useId();
  const fixedBy = useLock(`providers.${id}.base`);
  if (base === null) return null;
  const choices = base.choices.includes(base.value) ? base.choices : [...base.choices, base.value];
  return (
    <fieldset className="flex max-w-2xl flex-col gap-2" disabled={fixedBy !== null}>
      <legend className="mb-1 font-medium">{t('service.base')}</legend>
      <p className="text-muted">{t('service.baseNote')}</p>
      {choices.map((choice) => (
        <label key={choice} className="flex min-h-7 items-center gap-2">
          <input
            type="radio"
            name={name}
            className="size-4 accent-accent"
            checked={choice === base.value}
            onChange={() => choose(id, choice)}
          />
          <span className="wrap-anywhere">{textOf(choice)}</span>
        </label>
      ))}
      {base.value.includes('coding') && (
        <Banner tone="warning" icon={TriangleAlert}>
          {t('service.codingNote')}
        </Banner>
      )}
      {fixedBy !== null && (
        <p className="flex items-center gap-1.5 text-warning">
          <Lock aria-hidden size={13} className="shrink-0" />
          {t('common.setBy', { name: fixedBy })}
        </p>
      )}
    </fieldset>
  );
}

/** Beside the news that a key is for another address: one press goes there. */
export function OtherBase({ provider: { base, id, problem } }: { readonly provider: ProviderState }) {
  const { t } = useTranslation();
  const textOf = useBaseText();
  const fixed = useLock(`providers.${id}.base`) !== null;
  const other = base?.other ?? null;
  if (problem?.code !== 'wrong_base' || other === null || fixed) return null;
  return (
    <Button size="small" onClick={() => choose(id, other)}>
      {t('service.baseSwitch', { base: textOf(other) })}
    </Button>
  );
}

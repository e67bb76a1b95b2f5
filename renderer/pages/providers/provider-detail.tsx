import { Tabs } from '@base-ui/react/tabs';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { isBuiltIn } from '../../../shared/provider.ts';
import type { ProviderState } from '../../../shared/state.ts';
import { Banner } from '../../components/banner.tsx';
import { SwitchRow } from '../../components/switch-row.tsx';
import { call } from '../../lib/backend.ts';
import { cx } from '../../lib/cx.ts';
import { errorText } from '../../lib/error-text.ts';
import { wordFor } from '../../lib/providers.ts';
import { attempt } from '../../lib/toasts.ts';
import { BaseChoice, OtherBase } from './base-choice.tsx';
import { LocalNote } from './local-note.tsx';
import { ModelsTab } from './models/models-tab.tsx';
import { OfficialNote } from './official-note.tsx';
import { OptionsTab } from './options-tab.tsx';
import { type ProviderTab, tabsOf } from './provider-search.ts';
import { RadarCheck } from './radar/radar-check.tsx';
import { TokensTab } from './tokens/tokens-tab.tsx';

function Problem({ provider }: { readonly provider: ProviderState }) {
  if (provider.problem === null) return null;
  const known = errorText(provider.problem.code, provider.name);
  return (
    <Banner tone="warning" icon={TriangleAlert} action={<OtherBase provider={provider} />}>
      {known === null ? <span lang="en">{provider.problem.message}</span> : `${known.title} ${known.hint}`}
    </Banner>
  );
}

function About({ provider: { id, needsToken } }: { readonly provider: ProviderState }) {
  const { t } = useTranslation();
  if (isBuiltIn(id)) {
    return (
      <>
        {t(`providers.about.${id}`)} <OfficialNote provider={id} />
      </>
    );
  }
  return (
    <>
      {t('providers.kinds.added')}
      {!needsToken && ` · ${t('providers.keyless')}`}
    </>
  );
}

interface ProviderDetailProps {
  readonly provider: ProviderState;
  readonly onEdit: () => void;
  readonly className?: string;
}

export function ProviderDetail({ provider, onEdit, className }: ProviderDetailProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const titleId = useId();
  const { builtIn, enabled, id, name, needsToken } = provider;
  const tabs = tabsOf(provider);
  const { tab: wanted } = useSearch({ from: '/providers' });
  const tab = tabs.find((known) => known === wanted) ?? tabs[0];
  return (
    <section aria-labelledby={titleId} className={cx('flex min-w-0 flex-1 flex-col gap-4', className)}>
      <Link to="/providers" className="flex w-fit items-center gap-1.5 text-accent md:hidden">
        <ArrowLeft aria-hidden size={14} />
        {t('providers.all')}
      </Link>
      <SwitchRow
        titleId={titleId}
        title={<span className="text-lg font-semibold wrap-anywhere">{name}</span>}
        note={<About provider={provider} />}
        setting={builtIn ? `providers.${id}.enabled` : 'providers.added'}
        label={t('providers.enable', { provider: name })}
        checked={enabled}
        onChange={(next) => void attempt(call('provider.enable', { provider: id, enabled: next }))}
      />
      <Problem provider={provider} />
      <RadarCheck provider={provider} />
      <Tabs.Root
        value={tab}
        onValueChange={(next: ProviderTab) =>
          void navigate({ to: '/providers/$providerId', params: { providerId: id }, search: { tab: next } })
        }
      >
        <Tabs.List className="flex gap-4 border-b border-line">
          {tabs.map((value) => (
            <Tabs.Tab
              key={value}
              value={value}
              className="-mb-px h-9 border-b-2 border-transparent px-1 text-base text-muted hover:text-text data-active:border-accent data-active:font-medium data-active:text-text"
            >
              {t(`providers.tabs.${value}`, wordFor(id))}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="tokens" className="pt-4">
          {needsToken ? <TokensTab provider={provider} /> : <LocalNote />}
        </Tabs.Panel>
        <Tabs.Panel value="models" className="pt-4">
          <ModelsTab provider={provider} />
        </Tabs.Panel>
        <Tabs.Panel value="options" className="pt-4">
          {builtIn ? <BaseChoice provider={provider} /> : <OptionsTab provider={id} onEdit={onEdit} />}
        </Tabs.Panel>
      </Tabs.Root>
    </section>
  );
}

import { Tabs } from '@base-ui/react/tabs';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { providerName } from '../../lib/provider-name.ts';
import { isBuiltIn } from '../../../shared/provider.ts';
import type { ProviderState } from '../../../shared/state.ts';
import { Banner } from '../../components/banner.tsx';
import { SwitchRow } from '../../components/switch-row.tsx';
import { call } from '../../lib/backend.ts';
import { errorText } from '../../lib/error-text.ts';
import { attempt } from '../../lib/toasts.ts';
import { LocalNote } from './local-note.tsx';
import { ModelsTab } from './models-tab.tsx';
import { type ProviderTab, providerTabs } from './provider-search.ts';
import { RadarCheck } from './radar/radar-check.tsx';
import { TokensTab } from './tokens/tokens-tab.tsx';

function Problem({ provider }: { readonly provider: ProviderState }) {
  if (provider.problem === null) return null;
  const known = errorText(provider.problem.code, providerName(provider.id));
  return (
    <Banner tone="warning" icon={TriangleAlert}>
      {known === null ? <span lang="en">{provider.problem.message}</span> : `${known.title} ${known.hint}`}
    </Banner>
  );
}

export function ProviderDetail({ provider }: { readonly provider: ProviderState }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const titleId = useId();
  const { tab = 'tokens' } = useSearch({ from: '/providers' });
  return (
    <section aria-labelledby={titleId} className="flex min-w-0 flex-1 flex-col gap-4">
      <SwitchRow
        titleId={titleId}
        title={<span className="text-lg font-semibold">{providerName(provider.id)}</span>}
        note={isBuiltIn(provider.id) ? t(`providers.about.${provider.id}`) : t('providers.aboutAdded')}
        setting={`providers.${provider.id}.enabled`}
        label={t('providers.enable', { provider: providerName(provider.id) })}
        checked={provider.enabled}
        onChange={(enabled) => void attempt(call('provider.enable', { provider: provider.id, enabled }))}
      />
      <Problem provider={provider} />
      <RadarCheck provider={provider} />
      <Tabs.Root
        value={tab}
        onValueChange={(next: ProviderTab) =>
          void navigate({ to: '/providers/$providerId', params: { providerId: provider.id }, search: { tab: next } })
        }
      >
        <Tabs.List className="flex gap-4 border-b border-line">
          {providerTabs.map((name) => (
            <Tabs.Tab
              key={name}
              value={name}
              className="-mb-px h-9 border-b-2 border-transparent px-1 text-base text-muted hover:text-text data-active:border-accent data-active:font-medium data-active:text-text"
            >
              {t(`providers.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="tokens" className="pt-4">
          {!provider.needsToken ? <LocalNote /> : <TokensTab provider={provider} />}
        </Tabs.Panel>
        <Tabs.Panel value="models" className="pt-4">
          <ModelsTab provider={provider.id} />
        </Tabs.Panel>
      </Tabs.Root>
    </section>
  );
}

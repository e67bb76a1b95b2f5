import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ClientsOverview, type HostForm, hostForms } from '../../../shared/clients.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { FilterChips } from '../../components/filter-chips.tsx';
import { call } from '../../lib/backend.ts';
import { clientsChanged, useClientKeys } from '../../lib/clients.ts';
import { copyAloud, openAiUrl } from '../../lib/copy-actions.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { attempt } from '../../lib/toasts.ts';
import { choose, useChosen, useModel } from './choice.ts';
import { Select } from './select.tsx';

/** The key of its texts; one with dots would be taken for several. */
const wordOf = (form: HostForm) => (form === '127.0.0.1' ? 'loopback' : form);

async function allowDocker(): Promise<void> {
  await attempt(call('clients.allowDocker'));
  await clientsChanged();
}

function KeySelect() {
  const { t } = useTranslation();
  const { key } = useChosen();
  const { keyEnding } = useGateway();
  const { data: keys = [] } = useClientKeys();
  if (keyEnding === null) return <p className="self-end text-muted">{t('connect.address.noKey')}</p>;
  const options = keys.map(({ id, name, ending }) => ({
    value: id === 'default' ? '' : id,
    label:
      id === 'default' ? t('connect.address.keyDefault', { ending }) : t('connect.address.keyNamed', { name, ending }),
  }));
  return (
    <Select
      label={t('connect.address.key')}
      value={key ?? ''}
      options={options}
      onChange={(id) => choose({ key: id === '' ? null : id })}
    />
  );
}

/** The values that every client asks for, and what they are made of. */
export function Access({ overview }: { readonly overview: ClientsOverview }) {
  const { t } = useTranslation();
  const { host } = useChosen();
  const model = useModel(overview);
  const here = overview.hosts.find(({ form }) => form === host) ?? overview.hosts[0];
  const root = here?.root ?? '';
  const models = overview.models.includes(model) ? overview.models : [model, ...overview.models];
  return (
    <section
      aria-label={t('connect.address.title')}
      className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4"
    >
      <div className="grid gap-4 md:grid-cols-2">
        <CopyField
          label={t('connect.address.openAi')}
          value={openAiUrl(root)}
          copyLabel={t('connect.address.copyOpenAi')}
          copy={() => copyAloud(openAiUrl(root), t('copy.urlDone'))}
        />
        <CopyField
          label={t('connect.address.root')}
          value={root}
          copyLabel={t('connect.address.copyRoot')}
          copy={() => copyAloud(root, t('copy.urlDone'))}
        />
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        <div>
          <p aria-hidden className="mb-1 text-xs text-muted">
            {t('connect.address.host')}
          </p>
          <FilterChips
            label={t('connect.address.host')}
            value={host}
            options={hostForms.map((form) => ({ value: form, label: t(`connect.address.hosts.${wordOf(form)}`) }))}
            onChange={(form) => choose({ host: form })}
          />
          <p className="mt-1 text-xs text-muted">{t(`connect.address.notes.${wordOf(host)}`)}</p>
        </div>
        <div className="grid grid-cols-2 gap-4">
          <KeySelect />
          <Select
            label={t('connect.address.model')}
            value={model}
            options={models.map((name) => ({ value: name, label: name }))}
            onChange={(name) => choose({ model: name })}
          />
        </div>
      </div>
      {host === 'lan' && here?.problem != null && (
        <Banner tone="warning" icon={TriangleAlert}>
          {t('connect.address.lanOff')}
        </Banner>
      )}
      {host === 'docker' && (
        <Banner
          tone={here?.problem == null ? 'info' : 'warning'}
          icon={TriangleAlert}
          action={
            here?.problem != null && (
              <Button size="small" onClick={() => void allowDocker()}>
                {t('connect.address.dockerAllow')}
              </Button>
            )
          }
        >
          {here?.problem != null && `${t('connect.address.dockerOff')} `}
          {t('connect.address.dockerReach')}
        </Banner>
      )}
    </section>
  );
}

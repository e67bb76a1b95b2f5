import { Lock, Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../shared/provider.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { LoadFailed } from '../../components/load-failed.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useLock } from '../../lib/gateway-state.ts';
import { useAdded } from '../../lib/queries.ts';
import { removeProvider } from './provider-actions.ts';

interface OptionsTabProps {
  readonly provider: ProviderId;
  readonly onEdit: () => void;
}

/** How a service that the user has added is reached. Values of headers may be secret, so only their names are shown. */
export function OptionsTab({ provider, onEdit }: OptionsTabProps) {
  const { t } = useTranslation();
  const { data, isError, refetch } = useAdded();
  const fixedBy = useLock('providers.added');
  const added = data?.find(({ id }) => id === provider);
  if (isError) return <LoadFailed retry={() => void refetch()} testId="options-error" />;
  if (added === undefined) return <Skeleton rows={5} testId="options-loading" />;
  const headers = Object.keys(added.headers);
  const code = (text: string) => <span className="code">{text}</span>;
  return (
    <div className="flex flex-col gap-4">
      {fixedBy !== null && (
        <Banner tone="info" icon={Lock}>
          {t('common.setBy', { name: fixedBy })}
        </Banner>
      )}
      <Facts
        facts={[
          { name: t('service.facts.kind'), value: t(`service.kinds.${added.kind}`) },
          { name: t('service.facts.baseUrl'), value: code(added.baseUrl) },
          { name: t('service.facts.keys'), value: t(`service.facts.${added.keyless ? 'keyless' : 'keyNeeded'}`) },
          {
            name: t('service.facts.models'),
            value: added.models.length === 0 ? t('service.facts.allModels') : code(added.models.join(', ')),
          },
          {
            name: t('service.facts.prefix'),
            value: added.prefix === '' ? t('service.facts.none') : code(added.prefix),
          },
          {
            name: t('service.facts.headers'),
            value:
              headers.length === 0 ? t('service.facts.none') : code(headers.map((name) => `${name}: ••••`).join(', ')),
          },
        ]}
      />
      <div className="flex flex-wrap gap-2">
        <Button disabled={fixedBy !== null} onClick={onEdit}>
          <Pencil aria-hidden size={14} />
          {t('service.editOpen')}
        </Button>
        <Button intent="danger" disabled={fixedBy !== null} onClick={() => void removeProvider(provider)}>
          <Trash2 aria-hidden size={14} />
          {t('service.removeOpen')}
        </Button>
      </div>
    </div>
  );
}

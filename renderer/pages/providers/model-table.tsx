import { Brain, Eye, FlaskConical, Globe, type LucideIcon, Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '../../../shared/model.ts';
import { Chip } from '../../components/chip.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { copyAloud } from '../../lib/copy-actions.ts';
import { useFormat } from '../../lib/format.ts';

const capabilities: readonly { readonly name: keyof ModelInfo['capabilities']; readonly icon: LucideIcon }[] = [
  { name: 'thinking', icon: Brain },
  { name: 'tools', icon: Wrench },
  { name: 'vision', icon: Eye },
  { name: 'search', icon: Globe },
];

function ModelRow({ model }: { readonly model: ModelInfo }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cell = 'h-10 border-t border-line px-2 first:pl-3';
  return (
    <tr>
      <th scope="row" className={`${cell} text-left font-medium`}>
        <span className="flex items-center gap-1">
          <span className="wrap-anywhere">{model.id}</span>
          <CopyButton
            label={t('models.copy', { model: model.id })}
            copy={() => copyAloud(model.id, t('models.copied', { model: model.id }))}
          />
          {model.test && (
            <Chip tone="info" icon={FlaskConical}>
              {t('models.test')}
            </Chip>
          )}
        </span>
      </th>
      <td className={`${cell} code wrap-anywhere text-muted max-sm:hidden`}>{model.upstreamId}</td>
      <td className={`${cell} py-1`}>
        <span className="flex flex-wrap gap-1">
          {capabilities
            .filter(({ name }) => model.capabilities[name])
            .map(({ name, icon }) => (
              <Chip key={name} tone="neutral" icon={icon}>
                {t(`models.capabilities.${name}`)}
              </Chip>
            ))}
        </span>
      </td>
      <td className={`${cell} pr-3 text-right text-muted max-md:hidden`}>
        {model.contextTokens === null ? '–' : format.number(model.contextTokens)}
      </td>
    </tr>
  );
}

export function ModelTable({ models }: { readonly models: readonly ModelInfo[] }) {
  const { t } = useTranslation();
  const heading = 'h-8 px-2 text-left text-xs font-normal text-muted first:pl-3';
  return (
    <div className="overflow-x-auto rounded-card border border-line">
      <table className="w-full">
        <thead className="bg-surface">
          <tr>
            <th scope="col" className={heading}>
              {t('models.columns.name')}
            </th>
            <th scope="col" className={`${heading} max-sm:hidden`}>
              {t('models.columns.upstream')}
            </th>
            <th scope="col" className={heading}>
              {t('models.columns.capabilities')}
            </th>
            <th scope="col" className={`${heading} pr-3 text-right max-md:hidden`}>
              {t('models.columns.context')}
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <ModelRow key={model.id} model={model} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { Brain, Eye, FlaskConical, Globe, type LucideIcon, Route, Send, Wrench } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import type { ModelInfo } from '../../../../shared/model.ts';
import type { ProviderId } from '../../../../shared/provider.ts';
import { Chip } from '../../../components/chip.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { IconButton } from '../../../components/icon-button.tsx';
import { Switch } from '../../../components/switch.tsx';
import { copyAloud } from '../../../lib/copy-actions.ts';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { LastTest } from './last-test.tsx';
import { ModelAliases } from './model-aliases.tsx';
import { modelColumns } from './model-columns.ts';
import { testModel } from './test-model.ts';
import { useModelNames } from './use-model-names.ts';

const capabilities: readonly { readonly name: keyof ModelInfo['capabilities']; readonly icon: LucideIcon }[] = [
  { name: 'thinking', icon: Brain },
  { name: 'tools', icon: Wrench },
  { name: 'vision', icon: Eye },
  { name: 'search', icon: Globe },
];

function CopyName({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton
      className="size-6"
      label={t('models.copy', { model: name })}
      copy={() => copyAloud(name, t('models.copied', { model: name }))}
    />
  );
}

function Capabilities({ model, className }: { readonly model: ModelInfo; readonly className?: string }) {
  const { t } = useTranslation();
  return (
    <span className={cx('flex flex-wrap gap-1', className)}>
      {capabilities
        .filter(({ name }) => model.capabilities[name])
        .map(({ name, icon }) => (
          <Chip key={name} tone="neutral" icon={icon}>
            {t(`models.capabilities.${name}`)}
          </Chip>
        ))}
    </span>
  );
}

interface ModelRowProps {
  readonly model: ModelInfo;
  /** Who is asked for this name, in this order. */
  readonly route: readonly ProviderId[];
  readonly lastTest: Exchange | undefined;
}

export function ModelRow({ model, route, lastTest }: ModelRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status } = useGateway();
  const [busy, setBusy] = useState(false);
  const names = useModelNames(model);
  const fullName = `${model.provider}/${model.id}`;
  const cell = 'border-t border-line px-2 py-1.5 first:pl-3';
  const count = (tokens: number | null) => (tokens === null ? '–' : format.number(tokens));
  return (
    <tr className="align-middle">
      <th scope="row" className={cx(cell, 'text-left font-normal')}>
        <span className="flex items-center gap-1">
          <span className={cx('font-medium wrap-anywhere', names.off && 'text-muted line-through')}>{model.id}</span>
          <CopyName name={model.id} />
          {model.test && (
            <Chip tone="info" icon={FlaskConical}>
              {t('models.test')}
            </Chip>
          )}
        </span>
        <span className="flex flex-wrap items-center gap-1 text-xs text-muted">
          <span className="code wrap-anywhere">{fullName}</span>
          <CopyName name={fullName} />
          <ModelAliases model={fullName} names={names} />
        </span>
        {/* What has no column of its own where the table is narrow. */}
        <Capabilities model={model} className="py-0.5 @lg:hidden" />
        {(model.contextTokens !== null || model.maxOutputTokens !== null) && (
          <span className="block text-xs text-muted @2xl:hidden">
            {t('models.limits', { input: count(model.contextTokens), output: count(model.maxOutputTokens) })}
          </span>
        )}
        {route.length > 1 && (
          <span className="flex items-center gap-1.5 pb-1 text-xs text-info">
            <Route aria-hidden size={13} className="shrink-0" />
            {t('models.order', { providers: route.map(providerName).join(' → ') })}
          </span>
        )}
      </th>
      <td className={cx(cell, modelColumns.upstream, 'code text-muted wrap-anywhere')}>{model.upstreamId}</td>
      <td className={cx(cell, modelColumns.capabilities)}>
        <Capabilities model={model} />
      </td>
      <td className={cx(cell, modelColumns.context, 'text-muted')}>{count(model.contextTokens)}</td>
      <td className={cx(cell, modelColumns.output, 'text-muted')}>{count(model.maxOutputTokens)}</td>
      <td className={cx(cell, modelColumns.lastTest)}>
        <LastTest row={lastTest} />
      </td>
      <td className={cx(cell, modelColumns.enabled)}>
        <Switch
          aria-label={t('models.use', { model: fullName })}
          checked={!names.off}
          disabled={names.offFixedBy !== null}
          onChange={(on) => names.setOff(!on)}
        />
      </td>
      <td className="border-t border-line pr-2">
        <IconButton
          icon={Send}
          label={t('models.send', { model: fullName })}
          disabled={busy || names.off || status !== 'running'}
          onClick={() => {
            setBusy(true);
            void testModel(model).finally(() => setBusy(false));
          }}
        />
      </td>
    </tr>
  );
}

import { useTranslation } from 'react-i18next';
import type { DialectId, Exchange } from '../../../../shared/exchange.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { copyAloud } from '../../../lib/copy-actions.ts';
import { useFormat } from '../../../lib/format.ts';

/** Proper names; they are not translated. */
const dialectNames: Record<DialectId, string> = {
  'openai-chat': 'OpenAI Chat Completions',
  'openai-responses': 'OpenAI Responses',
  'anthropic-messages': 'Anthropic Messages',
};

export function ExchangeFacts({ exchange }: { readonly exchange: Exchange }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { characters, client, clientKey, dialect, finishReason, id, model, purpose, resolvedModel, stream } = exchange;
  return (
    <Facts
      facts={[
        {
          name: t('logs.facts.client'),
          value: purpose === null ? client : purpose === 'radar' ? t('radar.mark') : t(`logs.own.${purpose}`),
        },
        { name: t('logs.facts.key'), value: clientKey ?? t('logs.facts.noKey') },
        { name: t('logs.facts.api'), value: dialectNames[dialect] },
        {
          name: t('logs.facts.model'),
          value: resolvedModel === null || resolvedModel === model ? model : `${model} → ${resolvedModel}`,
        },
        { name: t('logs.facts.delivery'), value: t(stream ? 'logs.facts.stream' : 'logs.facts.whole') },
        {
          name: t('logs.facts.finish'),
          value: finishReason === null ? '–' : <span className="code">{finishReason}</span>,
        },
        { name: t('logs.facts.characters'), value: format.number(characters) },
        {
          name: t('logs.facts.id'),
          value: (
            <span className="flex items-center gap-1">
              <span className="code">{id}</span>
              <CopyButton label={t('logs.copyId')} copy={() => copyAloud(id, t('logs.idCopied'))} />
            </span>
          ),
        },
      ]}
    />
  );
}

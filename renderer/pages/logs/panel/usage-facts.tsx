import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import { Facts } from '../../../components/facts.tsx';
import { useFormat } from '../../../lib/format.ts';
import { tokensPerSecond } from '../timeline.ts';

const counts = ['inputTokens', 'cachedTokens', 'outputTokens', 'reasoningTokens', 'totalTokens'] as const;

interface UsageFactsProps {
  readonly exchange: Exchange;
  readonly usage: NonNullable<Exchange['usage']>;
}

export function UsageFacts({ exchange, usage }: UsageFactsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const speed = tokensPerSecond(exchange);
  return (
    <Facts
      facts={[
        ...counts.flatMap((name) => {
          const count = usage[name];
          return count === null ? [] : [{ name: t(`logs.usage.${name}`), value: format.number(count) }];
        }),
        ...(speed === null
          ? []
          : [{ name: t('logs.usage.speed'), value: t('logs.usage.perSecond', { speed: format.decimal(speed) }) }]),
      ]}
    />
  );
}

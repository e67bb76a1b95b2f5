import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import { useFormat } from '../../../lib/format.ts';
import { tokensPerSecond } from '../timeline.ts';
import { LongText } from './bodies/long-text.tsx';
import { WithBodies } from './bodies/with-bodies.tsx';
import { useExchange } from './use-exchange.ts';

function Side({
  title,
  exchange,
  text,
}: {
  readonly title: string;
  readonly exchange: Exchange;
  readonly text: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const speed = tokensPerSecond(exchange);
  const facts = [
    exchange.firstToken === null ? null : `${t('logs.columns.firstToken')} ${format.duration(exchange.firstToken)}`,
    `${t('logs.columns.total')} ${exchange.closed === null ? '–' : format.duration(exchange.closed)}`,
    speed === null ? null : t('logs.usage.perSecond', { speed: format.decimal(speed) }),
  ];
  return (
    <section className="min-w-0 flex-1 basis-56">
      <h3 className="font-semibold">{title}</h3>
      <p className="mb-1 wrap-anywhere">{exchange.resolvedModel ?? exchange.model}</p>
      <p className="mb-2 text-xs text-muted">{facts.filter((fact) => fact !== null).join(' · ')}</p>
      {text === '' ? <p className="text-muted">{t('logs.bodies.noText')}</p> : <LongText text={text} label={title} />}
    </section>
  );
}

interface OriginalProps {
  /** What was repeated. */
  readonly id: string;
  readonly replayed: Exchange;
  readonly answer: string;
}

/** The answer to a replay beside the one it repeats. */
export function Original({ id, replayed, answer }: OriginalProps) {
  const { t } = useTranslation();
  const { exchange } = useExchange(id);
  return (
    <div className="flex flex-wrap gap-4">
      {exchange === null ? (
        <p className="flex-1 text-muted">{t('logs.panel.gone')}</p>
      ) : (
        <WithBodies exchange={exchange}>
          {({ response }) => <Side title={t('logs.replay.first')} exchange={exchange} text={response.text} />}
        </WithBodies>
      )}
      <Side title={t('logs.replay.second')} exchange={replayed} text={answer} />
    </div>
  );
}

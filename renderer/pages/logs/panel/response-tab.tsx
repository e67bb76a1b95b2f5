import { useTranslation } from 'react-i18next';
import type { Captured } from '../../../../shared/capture.ts';
import type { Exchange } from '../../../../shared/exchange.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { copyAloud } from '../../../lib/copy-actions.ts';
import { EventList } from './bodies/event-list.tsx';
import { Headers } from './bodies/headers.tsx';
import { LongText } from './bodies/long-text.tsx';
import { WithBodies } from './bodies/with-bodies.tsx';
import { Original } from './original.tsx';
import { Part } from './part.tsx';

function Answer({ captured }: { readonly captured: Captured }) {
  const { t } = useTranslation();
  const { text, reasoning, calls, cut } = captured.response;
  return (
    <>
      {cut && <p className="text-warning">{t('logs.bodies.cut')}</p>}
      {reasoning !== '' && (
        <Part title={t('logs.bodies.reasoning')}>
          <LongText text={reasoning} label={t('logs.bodies.reasoning')} />
        </Part>
      )}
      <Part
        title={t('logs.bodies.text')}
        action={<CopyButton label={t('logs.copy.response')} copy={() => copyAloud(text, t('logs.copy.done'))} />}
      >
        {text === '' ? (
          <p className="text-muted">{t('logs.bodies.noText')}</p>
        ) : (
          <LongText text={text} label={t('logs.bodies.text')} />
        )}
      </Part>
      {calls.length > 0 && (
        <Part title={t('logs.bodies.calls')}>
          <ul className="flex flex-col gap-2">
            {calls.map((call) => (
              <li key={call.id}>
                <p className="code mb-1">{call.name}</p>
                <LongText text={call.arguments} label={call.name} />
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

export function ResponseTab({ exchange }: { readonly exchange: Exchange }) {
  const { t } = useTranslation();
  return (
    <WithBodies exchange={exchange}>
      {(captured) => (
        <div className="flex flex-col gap-6">
          {exchange.replayOf === null ? (
            <Answer captured={captured} />
          ) : (
            <Original id={exchange.replayOf} replayed={exchange} answer={captured.response.text} />
          )}
          {exchange.replayOf !== null && captured.response.calls.length > 0 && <Answer captured={captured} />}
          <Part title={t('logs.bodies.events')}>
            <EventList events={captured.events} />
            {captured.eventsLeftOut > 0 && (
              <p className="mt-1 text-xs text-muted">{t('logs.bodies.leftOut', { count: captured.eventsLeftOut })}</p>
            )}
          </Part>
          {captured.response.headers.length > 0 && (
            <Part title={t('logs.bodies.headers')}>
              <Headers headers={captured.response.headers} />
            </Part>
          )}
        </div>
      )}
    </WithBodies>
  );
}

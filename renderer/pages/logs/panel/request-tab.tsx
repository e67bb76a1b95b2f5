import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Captured } from '../../../../shared/capture.ts';
import type { Exchange } from '../../../../shared/exchange.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { FilterChips } from '../../../components/filter-chips.tsx';
import { copyAloud } from '../../../lib/copy-actions.ts';
import { useFormat } from '../../../lib/format.ts';
import { Conversation } from './bodies/conversation.tsx';
import { Headers } from './bodies/headers.tsx';
import { JsonTree } from './bodies/json-tree.tsx';
import { LongText } from './bodies/long-text.tsx';
import { toolsOf, turnsOf } from './bodies/messages.ts';
import { WithBodies } from './bodies/with-bodies.tsx';
import { Part } from './part.tsx';

const looks = ['messages', 'tree', 'raw'] as const;
type Look = (typeof looks)[number];

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function Body({ captured }: { readonly captured: Captured }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { body, size, cut } = captured.request;
  const value = useMemo(() => parse(body), [body]);
  const turns = useMemo(() => turnsOf(value), [value]);
  const tools = useMemo(() => toolsOf(value), [value]);
  const [look, setLook] = useState<Look>(turns.length > 0 ? 'messages' : 'tree');
  return (
    <>
      <p className="mb-2 text-xs text-muted">
        {t('logs.bodies.size', { size: format.number(size) })}
        {cut && <span className="ml-2 text-warning">{t('logs.bodies.cut')}</span>}
        {captured.redacted > 0 && (
          <span className="ml-2">{t('logs.bodies.redacted', { count: captured.redacted })}</span>
        )}
      </p>
      <div className="mb-2">
        <FilterChips
          label={t('logs.bodies.look')}
          value={look}
          onChange={setLook}
          options={looks.map((known) => ({ value: known, label: t(`logs.bodies.looks.${known}`) }))}
        />
      </div>
      {look === 'messages' && <Conversation turns={turns} />}
      {look === 'tree' && <JsonTree value={value} />}
      {look === 'raw' && <LongText text={body} label={t('logs.bodies.body')} />}
      {look === 'messages' && tools.length > 0 && (
        <p className="mt-2 text-xs text-muted wrap-anywhere">
          {t('logs.bodies.tools')}: <span className="code">{tools.join(', ')}</span>
        </p>
      )}
    </>
  );
}

export function RequestTab({ exchange }: { readonly exchange: Exchange }) {
  const { t } = useTranslation();
  return (
    <WithBodies exchange={exchange}>
      {(captured) => (
        <div className="flex flex-col gap-6">
          <Part
            title={t('logs.bodies.body')}
            action={
              <CopyButton
                label={t('logs.copy.request')}
                copy={() => copyAloud(captured.request.body, t('logs.copy.done'))}
              />
            }
          >
            <Body captured={captured} />
          </Part>
          <Part title={t('logs.bodies.headers')}>
            <p className="code mb-1">
              {captured.method} {captured.path}
            </p>
            <Headers headers={captured.request.headers} />
          </Part>
        </div>
      )}
    </WithBodies>
  );
}

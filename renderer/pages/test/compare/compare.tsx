import { Plus, Repeat, Send, Square } from 'lucide-react';
import { type UIEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { CheckField } from '../../../components/fields.tsx';
import { cx } from '../../../lib/cx.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { comboLabel } from '../../../lib/hotkeys.ts';
import { useReadyModel } from '../../../lib/offered.ts';
import { useStore } from '../../../lib/store.ts';
import { useSendKeys } from '../use-send-keys.ts';
import { addPane, askAgain, askAll, changeComparison, comparison, mostPanes, stopAll } from './panes.ts';
import { PaneView } from './pane-view.tsx';
import { TextDiff } from './text-diff.tsx';

/** By how far, not by how many pixels: the answers are of different lengths. */
function useSyncedScroll(on: boolean) {
  const scrollers = useRef(new Map<number, HTMLElement>());
  const moved = useRef(new WeakSet<HTMLElement>());
  return {
    scroller: (key: number) => (element: HTMLElement | null) => {
      if (element) scrollers.current.set(key, element);
      else scrollers.current.delete(key);
    },
    onScroll: ({ currentTarget: from }: UIEvent<HTMLElement>) => {
      if (!on || moved.current.delete(from)) return;
      const part = from.scrollTop / Math.max(1, from.scrollHeight - from.clientHeight);
      for (const other of scrollers.current.values()) {
        const to = Math.round(part * (other.scrollHeight - other.clientHeight));
        if (other === from || Math.abs(other.scrollTop - to) < 1) continue;
        moved.current.add(other);
        other.scrollTop = to;
      }
    },
  };
}

/** Two to four models answer the same words, side by side. */
export function Compare() {
  const { t } = useTranslation();
  const { status } = useGateway();
  const fallback = useReadyModel();
  const { text, panes, syncScroll, left } = useStore(comparison);
  const busy = left > 0;
  const possible = !busy && text.trim() !== '' && status === 'running';
  const send = () => {
    if (possible) askAll(fallback);
  };
  useSendKeys(send, busy ? stopAll : null);
  const { scroller, onScroll } = useSyncedScroll(syncScroll);
  return (
    <>
      <textarea
        aria-label={t('test.text')}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        rows={3}
        placeholder={t('test.textHint')}
        value={text}
        onChange={({ target }) => changeComparison({ text: target.value })}
        className="block w-full shrink-0 resize-y rounded-card border border-control bg-bg px-3 py-2 text-base"
      />
      <div className="flex flex-wrap items-center gap-2">
        {busy ? (
          <Button intent="danger" onClick={stopAll} aria-keyshortcuts="Escape">
            <Square aria-hidden size={13} />
            {t('test.compare.stopAll')}
          </Button>
        ) : (
          <>
            <Button intent="primary" disabled={!possible} onClick={send}>
              <Send aria-hidden size={14} />
              {t('test.compare.send')}
            </Button>
            <Button disabled={!possible} onClick={() => askAgain(fallback)}>
              <Repeat aria-hidden size={14} />
              {t('test.compare.again')}
            </Button>
          </>
        )}
        <span className="text-xs text-muted">
          {busy ? t('test.compare.left', { count: left }) : comboLabel('Enter')}
        </span>
        <CheckField
          className="ml-auto"
          label={t('test.compare.sync')}
          checked={syncScroll}
          onChange={(on) => changeComparison({ syncScroll: on })}
        />
        <Button disabled={busy || panes.length >= mostPanes} onClick={addPane}>
          <Plus aria-hidden size={14} />
          {t('test.compare.add')}
        </Button>
      </div>
      <div
        className={cx(
          'grid gap-4 md:grid-cols-2',
          panes.length === 3 && 'xl:grid-cols-3',
          panes.length === 4 && 'xl:grid-cols-4',
        )}
      >
        {panes.map((pane, at) => (
          <PaneView
            key={pane.key}
            pane={pane}
            panes={panes}
            number={at + 1}
            scroller={scroller(pane.key)}
            onScroll={onScroll}
          />
        ))}
      </div>
      <TextDiff panes={panes} />
    </>
  );
}

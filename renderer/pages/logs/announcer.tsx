import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newestRows } from './list/use-log-view.ts';

const everyMs = 10_000;

/** Tells a screen reader now and then what has come in, instead of every row. */
export function Announcer({ paused }: { readonly paused: boolean }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const announce = useEffectEvent((since: number) => {
    if (paused) return;
    let fresh = 0;
    let failed = 0;
    for (const { purpose, receivedAt, outcome } of newestRows()) {
      if (receivedAt <= since) break;
      if (purpose !== null) continue;
      fresh += 1;
      if (outcome === 'failed') failed += 1;
    }
    const parts: string[] = [t('logs.announce.fresh', { count: fresh })];
    if (failed > 0) parts.push(t('logs.announce.failed', { count: failed }));
    setText(fresh === 0 ? '' : parts.join(', '));
  });
  useEffect(() => {
    let since = Date.now();
    const timer = setInterval(() => {
      announce(since);
      since = Date.now();
    }, everyMs);
    return () => clearInterval(timer);
  }, []);
  return <output className="sr-only">{text}</output>;
}

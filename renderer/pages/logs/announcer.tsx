import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exchangeFeed } from '../../lib/exchange-feed.ts';

const everyMs = 10_000;

/** Tells a screen reader now and then what has come in, instead of every row. */
export function Announcer({ paused }: { readonly paused: boolean }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const announce = useEffectEvent((since: number) => {
    if (paused) return;
    const fresh = exchangeFeed.snapshot().filter(({ purpose, receivedAt }) => purpose === null && receivedAt > since);
    const failed = fresh.filter(({ outcome }) => outcome === 'failed').length;
    const parts: string[] = [t('logs.announce.fresh', { count: fresh.length })];
    if (failed > 0) parts.push(t('logs.announce.failed', { count: failed }));
    setText(fresh.length === 0 ? '' : parts.join(', '));
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

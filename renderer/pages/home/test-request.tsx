import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../shared/contract.ts';
import { Button } from '../../components/button.tsx';
import { call } from '../../lib/backend.ts';
import { cx } from '../../lib/cx.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { attempt } from '../../lib/toasts.ts';

type Result = Output<'test.send'>;

function TestResult({ result }: { readonly result: Result }) {
  const { t } = useTranslation();
  const Icon = result.ok ? CircleCheck : CircleAlert;
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <Icon aria-hidden size={15} className={result.ok ? 'shrink-0 text-success' : 'shrink-0 text-danger'} />
      <span className="truncate">
        {result.ok ? (
          t('home.test.ok')
        ) : result.message === null ? (
          t('home.test.failed')
        ) : (
          <span lang="en">{result.message}</span>
        )}
      </span>
      <Link
        to="/logs/$exchangeId"
        params={{ exchangeId: result.exchangeId }}
        className="shrink-0 text-accent underline underline-offset-2"
      >
        {t('home.test.open')}
      </Link>
    </span>
  );
}

/** Where the button moves to another place on the page, its owner keeps the result. */
export function useTestRequest() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  async function send() {
    setBusy(true);
    setResult(await attempt(call('test.send', { model: 'local/echo', prompt: t('home.test.prompt') })));
    setBusy(false);
  }
  return { busy, result, send };
}

interface TestRequestProps {
  readonly test: ReturnType<typeof useTestRequest>;
  readonly primary?: boolean;
}

/** Proves the wiring from the gateway's own address to an answer, without any upstream. */
export function TestRequest({ test: { busy, result, send }, primary = false }: TestRequestProps) {
  const { t } = useTranslation();
  const { status } = useGateway();
  return (
    <div className={cx('flex min-w-0 flex-wrap items-center gap-3', primary && 'flex-row-reverse justify-end')}>
      <output className={result === null ? 'sr-only' : 'min-w-0'}>
        {result !== null && <TestResult result={result} />}
      </output>
      <Button
        intent={primary ? 'primary' : 'secondary'}
        disabled={busy || status !== 'running'}
        onClick={() => void send()}
      >
        <Send aria-hidden size={14} />
        {t(busy ? 'home.test.busy' : 'home.test.send')}
      </Button>
    </div>
  );
}

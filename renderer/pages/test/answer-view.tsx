import { CircleAlert, Wrench } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrialEnd, TrialView } from '../../../shared/trials.ts';
import { Banner } from '../../components/banner.tsx';
import { codeText } from './code-text.ts';
import { visible } from './visible.ts';

const pieceLength = 4_000;

/** Only the last piece of a growing text is rendered again. */
const Piece = memo(({ text }: { readonly text: string }) => <>{visible(text)}</>);
Piece.displayName = 'Piece';

function GrowingText({ text }: { readonly text: string }) {
  const pieces = useMemo(() => {
    return Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, at) =>
      text.slice(at * pieceLength, (at + 1) * pieceLength),
    );
  }, [text]);
  // oxlint-disable-next-line react/no-array-index-key -- pieces only ever follow one another, so their place names them
  return pieces.map((piece, at) => <Piece key={at} text={piece} />);
}

function Failed({ end, provider }: { readonly end: TrialEnd; readonly provider: string | undefined }) {
  const { title, hint } = codeText(end.failure?.code ?? 'internal_error', provider);
  return (
    <Banner tone="danger" icon={CircleAlert}>
      <p className="font-medium">{title}</p>
      {hint !== '' && <p>{hint}</p>}
      <p className="code text-xs text-muted" lang="en">
        {end.status !== null && `${end.status} · `}
        {end.failure?.code} · {end.failure?.message}
      </p>
    </Banner>
  );
}

interface AnswerViewProps {
  readonly view: TrialView;
  /** Its name, for the words of an error. */
  readonly provider?: string | undefined;
}

/** Thinking, text and calls of one answer as they come, and how it ended when that was not well. */
export function AnswerView({ view, provider }: AnswerViewProps) {
  const { t } = useTranslation();
  const { text, reasoning, calls, end, cut } = view;
  return (
    <div className="flex flex-col gap-3">
      {reasoning !== '' && (
        <details className="rounded-control border border-line bg-surface px-3 py-2" open={text === ''}>
          <summary className="text-muted">{t('test.thinkingShown')}</summary>
          <div className="mt-1 whitespace-pre-wrap wrap-anywhere text-muted">
            <GrowingText text={reasoning} />
          </div>
        </details>
      )}
      {text !== '' && (
        <div className="text-base leading-normal whitespace-pre-wrap wrap-anywhere" data-testid="answer-text">
          <GrowingText text={text} />
        </div>
      )}
      {calls.map((call) => (
        <div key={call.index} className="rounded-control border border-line bg-surface px-3 py-2">
          <p className="flex items-center gap-1.5">
            <Wrench aria-hidden size={14} className="shrink-0 text-muted" />
            <span className="code font-medium">{call.name}</span>
          </p>
          <pre className="code mt-1 whitespace-pre-wrap wrap-anywhere text-muted">{visible(call.arguments)}</pre>
        </div>
      ))}
      {cut && <p className="text-xs text-warning">{t('test.cut')}</p>}
      {end?.outcome === 'failed' && <Failed end={end} provider={provider} />}
      {end?.outcome === 'cancelled' && <p className="text-muted">{t('test.stopped')}</p>}
      {end?.outcome === 'ok' && text === '' && calls.length === 0 && <p className="text-muted">{t('test.empty')}</p>}
    </div>
  );
}

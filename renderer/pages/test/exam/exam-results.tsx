import { CircleAlert, CircleCheck, CircleDashed, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Badge, badgeOf, type ExamResult, examResults, type Score } from '../../../../shared/exam-result.ts';
import type { TestRun } from '../../../../shared/test-runs.ts';
import { Button } from '../../../components/button.tsx';
import { Chip, type Tone } from '../../../components/chip.tsx';
import { call } from '../../../lib/backend.ts';
import { useLock } from '../../../lib/gateway-state.ts';
import { attempt, say } from '../../../lib/toasts.ts';

const looks: Readonly<Record<Badge, { readonly tone: Tone; readonly icon: LucideIcon }>> = {
  excellent: { tone: 'success', icon: CircleCheck },
  good: { tone: 'info', icon: CircleCheck },
  partial: { tone: 'warning', icon: CircleDashed },
  poor: { tone: 'danger', icon: CircleAlert },
};

function ScoreChip({ mode, score }: { readonly mode: 'native' | 'injected'; readonly score: Score }) {
  const { t } = useTranslation();
  const badge = badgeOf(score);
  if (badge === null) return null;
  const { tone, icon } = looks[badge];
  const values = { mode: t(`test.exam.modes.${mode}`), right: score.right, asked: score.asked };
  return (
    <Chip tone={tone} icon={icon}>
      {t('test.exam.score', { ...values, badge: t(`test.exam.badges.${badge}`) })}
    </Chip>
  );
}

function Suggestion({ result: { model, suggested, usual } }: { readonly result: ExamResult }) {
  const { t } = useTranslation();
  const locked = useLock('behaviour.toolModes');
  if (suggested === null) return <span className="text-muted">{t('test.exam.noSuggestion')}</span>;
  const mode = t(`test.exam.modes.${suggested}`);
  if (suggested === usual) return <span className="text-muted">{t('test.exam.asIs', { mode })}</span>;
  const set = async () => {
    if ((await attempt(call('model.toolMode', { model, mode: suggested }).then(() => true))) !== null)
      say(t('test.exam.set', { model, mode }));
  };
  return (
    <Button size="small" disabled={locked !== null} onClick={() => void set()}>
      {t('test.exam.use', { mode })}
    </Button>
  );
}

/** What the exam says of each model, and what to do about it. */
export function ExamResults({ run }: { readonly run: TestRun }) {
  return (
    <ul className="flex flex-col gap-2" data-testid="exam-results">
      {examResults(run).map((result) => (
        <li
          key={`${result.provider}/${result.model}`}
          className="flex flex-wrap items-center gap-2 rounded-card border border-line px-3 py-2"
        >
          <span className="code mr-auto font-medium">{result.model}</span>
          {result.scores.native && <ScoreChip mode="native" score={result.scores.native} />}
          {result.scores.injected && <ScoreChip mode="injected" score={result.scores.injected} />}
          <Suggestion result={result} />
        </li>
      ))}
    </ul>
  );
}

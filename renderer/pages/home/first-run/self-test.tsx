import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { cx } from '../../../lib/cx.ts';
import { findingText } from '../../../lib/finding-text.ts';
import { useFormat } from '../../../lib/format.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { type SelfTest as Found, type StepState, useSelfTest } from './use-self-test.ts';
import { WayOut } from './way-out.tsx';

const looks: Record<StepState, { readonly icon: LucideIcon; readonly colour: string }> = {
  waiting: { icon: CircleDashed, colour: 'text-muted' },
  running: { icon: LoaderCircle, colour: 'text-info' },
  ok: { icon: CircleCheck, colour: 'text-success' },
  failed: { icon: CircleAlert, colour: 'text-danger' },
  skipped: { icon: CircleSlash, colour: 'text-muted' },
};

interface StepProps {
  readonly state: StepState;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

function Step({ state, children, action }: StepProps) {
  const { t } = useTranslation();
  const { icon: Icon, colour } = looks[state];
  return (
    <li data-state={state} className="flex min-h-7 gap-2 py-1">
      <Icon aria-hidden size={16} className={cx('mt-0.5 shrink-0', colour, state === 'running' && 'animate-spin')} />
      <span className="sr-only">{t(`firstRun.selfTest.${state}`)}:</span>
      <div className="flex min-w-0 flex-wrap items-center gap-x-2">
        <span className={cx('min-w-0 wrap-anywhere', (state === 'waiting' || state === 'skipped') && 'text-muted')}>
          {children}
        </span>
        {action}
      </div>
    </li>
  );
}

function Reach({ test }: { readonly test: Found }) {
  const { t } = useTranslation();
  const { finding, provider, reach } = test;
  const name = providerName(provider?.id ?? 'zai');
  const problem = reach === 'failed' && finding ? findingText(finding) : null;
  return (
    <Step
      state={reach}
      action={
        problem && finding ? (
          <WayOut broken={finding.broken} again={test.askProvider} />
        ) : (
          reach === 'waiting' &&
          provider?.guestMode === true && (
            <Button size="small" onClick={test.askProvider}>
              {t('firstRun.selfTest.checkNow')}
            </Button>
          )
        )
      }
    >
      {problem?.title ??
        t(
          reach === 'skipped'
            ? 'firstRun.selfTest.reachOff'
            : reach === 'waiting'
              ? 'firstRun.selfTest.notAsked'
              : 'firstRun.selfTest.reach',
          { provider: name },
        )}
    </Step>
  );
}

function FirstAnswer({ test }: { readonly test: Found }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { answer, finding, provider } = test;
  if (answer === 'skipped') return null;
  const problem = answer === 'failed' && finding ? findingText(finding) : null;
  const asGuest = finding === undefined ? provider?.total === 0 : finding.kind === 'guest';
  return (
    <Step state={answer} action={problem && finding && <WayOut broken={finding.broken} again={test.askProvider} />}>
      {problem === null ? t(asGuest ? 'firstRun.selfTest.answerGuest' : 'firstRun.selfTest.answer') : problem.title}
      {answer === 'ok' && finding?.firstTokenMs != null && (
        <span className="text-muted">
          {' · '}
          {t('firstRun.selfTest.answeredAfter', { time: format.duration(finding.firstTokenMs) })}
        </span>
      )}
    </Step>
  );
}

/** Four lines that turn green one after the other: from the own address to a first answer from outside. */
export function SelfTest() {
  const { t } = useTranslation();
  const { baseUrl, keyRequired } = useGateway();
  const test = useSelfTest();
  return (
    <section
      aria-labelledby="self-test"
      data-testid="self-test"
      className="rounded-card border border-line bg-bg px-3 py-2"
    >
      <h3 id="self-test" className="sr-only">
        {t('firstRun.selfTest.title')}
      </h3>
      <ul aria-live="polite" className="grid gap-x-6 gap-y-0.5 md:grid-cols-2">
        <Step state={test.listening}>
          {test.listening === 'failed'
            ? t('firstRun.selfTest.notListening')
            : t('firstRun.selfTest.listening', { address: new URL(baseUrl).host })}
        </Step>
        <Step
          state={test.key}
          action={
            test.key === 'failed' && (
              <Button size="small" onClick={test.checkKey}>
                {t('firstRun.selfTest.again')}
              </Button>
            )
          }
        >
          {test.key === 'failed'
            ? t('firstRun.selfTest.keyFails')
            : t(keyRequired ? 'firstRun.selfTest.key' : 'firstRun.selfTest.keyNotNeeded')}
        </Step>
        <Reach test={test} />
        <FirstAnswer test={test} />
      </ul>
    </section>
  );
}

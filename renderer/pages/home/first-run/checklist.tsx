import { Link } from '@tanstack/react-router';
import { Circle, CircleCheck, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../components/icon-button.tsx';
import { cx } from '../../../lib/cx.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { setSetting, useSettings } from '../../../lib/settings.ts';
import { attempt, say } from '../../../lib/toasts.ts';
import { type StepName, steps, useSteps } from './use-steps.ts';

const setting = 'ui.checklist';
const link = 'inline-flex min-h-6 items-center font-medium text-accent hover:underline';

function TokenStep() {
  const { t } = useTranslation();
  return (
    <>
      <Link to="/providers/$providerId" params={{ providerId: 'zai' }} search={{ add: true }} className={link}>
        {t('firstRun.checklist.token.action')}
      </Link>
      <Link to="/providers" className={link}>
        {t('firstRun.checklist.token.more')}
      </Link>
    </>
  );
}

interface ChecklistProps {
  /** Whether a request has ever come. */
  readonly used: boolean;
  readonly onTest: () => void;
}

/** What is left to do until everything works; gone when all is done, or when it was sent away. */
export function Checklist({ used, onTest }: ChecklistProps) {
  const { t } = useTranslation();
  const { providers } = useGateway();
  const { data: settings } = useSettings();
  const done = useSteps(used);
  const count = steps.filter((step) => done[step]).length;
  if (settings === undefined || settings.values[setting] !== true || count === steps.length) return null;
  const guest = providers.find(({ state }) => state === 'guest');
  const text: Record<StepName, string> = {
    token: guest
      ? t('firstRun.checklist.token.guest', { provider: providerName(guest.id) })
      : t('firstRun.checklist.token.nobody'),
    client: t('firstRun.checklist.client.text'),
    request: t('firstRun.checklist.request.text'),
    model: t('firstRun.checklist.model.text'),
  };
  const actions: Record<StepName, ReactNode> = {
    token: <TokenStep />,
    client: (
      <Link to="/connect" className={link}>
        {t('firstRun.checklist.client.action')}
      </Link>
    ),
    request: (
      <button type="button" className={link} onClick={onTest}>
        {t('firstRun.checklist.request.action')}
      </button>
    ),
    model: (
      <Link to="/test" className={link}>
        {t('firstRun.checklist.model.action')}
      </Link>
    ),
  };
  const dismiss = () =>
    void attempt(setSetting(setting, false)).then((saved) => saved && say(t('firstRun.checklist.dismissed')));
  return (
    <section
      aria-labelledby="checklist"
      data-testid="checklist"
      className="max-w-4xl rounded-card border border-line px-4 py-3"
    >
      <div className="flex items-center gap-2">
        <h2 id="checklist" className="font-semibold">
          {t('firstRun.checklist.title')}
        </h2>
        <span className="mr-auto text-xs text-muted">
          {t('firstRun.checklist.count', { done: count, all: steps.length })}
        </span>
        <IconButton icon={X} label={t('firstRun.checklist.dismiss')} onClick={dismiss} />
      </div>
      <ol className="mt-1 grid gap-x-6 gap-y-2 md:grid-cols-2">
        {steps.map((step) => {
          const Icon = done[step] ? CircleCheck : Circle;
          return (
            <li key={step} data-done={done[step]} className="flex gap-2">
              <Icon
                aria-hidden
                size={16}
                className={cx('mt-0.5 shrink-0', done[step] ? 'text-success' : 'text-muted')}
              />
              <div className="min-w-0">
                <span className="sr-only">
                  {t(done[step] ? 'firstRun.checklist.done' : 'firstRun.checklist.open')}:
                </span>
                <span className={done[step] ? 'text-muted' : 'font-medium'}>
                  {t(`firstRun.checklist.${step}.title`)}
                </span>
                {!done[step] && (
                  <>
                    <p className="text-muted">{text[step]}</p>
                    <div className="flex flex-wrap gap-x-4">{actions[step]}</div>
                  </>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

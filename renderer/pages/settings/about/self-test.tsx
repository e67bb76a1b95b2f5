import { CircleAlert, CircleCheck, Info, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Checked, outcomes } from '../../../../shared/about.ts';
import { Button } from '../../../components/button.tsx';
import { call } from '../../../lib/backend.ts';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import { attempt } from '../../../lib/toasts.ts';

type Verdict = (typeof outcomes)[keyof typeof outcomes];

const looks: Record<Verdict, { readonly icon: LucideIcon; readonly colour: string }> = {
  ok: { icon: CircleCheck, colour: 'text-success' },
  notice: { icon: Info, colour: 'text-warning' },
  failed: { icon: CircleAlert, colour: 'text-danger' },
};

/** Runs every check there is, and says what each has found. */
export function SelfTest() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<readonly Checked[] | null>(null);
  const run = async () => {
    setBusy(true);
    setFound(null);
    setFound(await attempt(call('about.test')));
    setBusy(false);
  };
  const failed = found?.filter(({ outcome }) => outcomes[outcome] === 'failed').length ?? 0;
  return (
    <section aria-labelledby="self-test">
      <h3 id="self-test" className="font-medium">
        {t('settings.about.selfTest')}
      </h3>
      <p className="text-muted">{t('settings.about.selfTestHelp')}</p>
      <div className="my-2 flex flex-wrap items-center gap-2">
        <Button disabled={busy} onClick={() => void run()}>
          {t('settings.about.selfTestRun')}
        </Button>
        <output className="text-muted">
          {busy && t('settings.about.selfTestRuns')}
          {found !== null &&
            (failed === 0 ? t('settings.about.selfTestWell') : t('settings.about.selfTestFailed', { count: failed }))}
        </output>
      </div>
      <ul>
        {found?.map((check) => (
          <Line key={check.outcome} {...check} />
        ))}
      </ul>
    </section>
  );
}

function Line({ outcome, values }: Checked) {
  const { t } = useTranslation();
  const format = useFormat();
  const verdict = outcomes[outcome];
  const { icon: Icon, colour } = looks[verdict];
  const { at, megabytes } = values;
  const said = {
    ...values,
    ...(typeof at === 'number' && { at: format.dateTime(at) }),
    ...(typeof megabytes === 'number' && { megabytes: format.number(megabytes) }),
  };
  return (
    <li data-verdict={verdict} className="flex gap-2 py-1">
      <Icon aria-hidden size={16} className={cx('mt-0.5 shrink-0', colour)} />
      <span className="min-w-0 wrap-anywhere">
        <span className="sr-only">{t(`settings.about.verdicts.${verdict}`)}: </span>
        {t(`settings.about.outcomes.${outcome}`, { ...said, defaultValue: outcome })}
      </span>
    </li>
  );
}

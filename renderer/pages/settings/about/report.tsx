import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../../shared/contract.ts';
import { Button } from '../../../components/button.tsx';
import { call } from '../../../lib/backend.ts';
import { attempt, say } from '../../../lib/toasts.ts';
import { LongText } from './long-text.tsx';

/** What a maintainer would want to know, read first and then saved. */
export function Report() {
  const { t } = useTranslation();
  const [report, setReport] = useState<Output<'support.preview'> | null>(null);
  const preview = async () => setReport(await attempt(call('support.preview')));
  const save = async (id: string) => {
    const saved = await attempt(call('support.save', { id }));
    if (saved) say(t('settings.about.savedAs', { path: saved.path }));
  };
  return (
    <section aria-labelledby="report">
      <h3 id="report" className="font-medium">
        {t('settings.about.report')}
      </h3>
      <p className="text-muted">{t('settings.about.reportHelp')}</p>
      <div className="my-2 flex flex-wrap gap-2">
        <Button onClick={() => void preview()}>{t('settings.about.preview')}</Button>
        {report !== null && <Button onClick={() => void save(report.id)}>{t('settings.about.save')}</Button>}
      </div>
      {report !== null && <LongText label={t('settings.about.text')} text={report.text} />}
    </section>
  );
}

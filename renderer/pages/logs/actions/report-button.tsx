import { LifeBuoy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { SideSheet } from '../../../components/side-sheet.tsx';
import { call } from '../../../lib/backend.ts';
import { attempt, say } from '../../../lib/toasts.ts';
import { LongText } from '../panel/bodies/long-text.tsx';

/** What a report would hold, to be read before it is saved: no prompts, answers or secrets. */
export function ReportButton() {
  const { t } = useTranslation();
  const [report, setReport] = useState<{ id: string; text: string } | null>(null);
  const save = async () => {
    const saved = report && (await attempt(call('support.save', { id: report.id })));
    if (!saved) return;
    say(t('logs.report.saved', { path: saved.path }));
    setReport(null);
  };
  return (
    <>
      <Button size="small" intent="ghost" onClick={() => void attempt(call('support.preview')).then(setReport)}>
        <LifeBuoy aria-hidden size={14} />
        {t('logs.report.title')}
      </Button>
      <SideSheet
        open={report !== null}
        onClose={() => setReport(null)}
        title={t('logs.report.title')}
        footer={
          <Button intent="primary" onClick={() => void save()}>
            {t('logs.report.save')}
          </Button>
        }
      >
        <p className="mb-3 text-muted">{t('logs.report.note')}</p>
        {report !== null && <LongText text={report.text} label={t('logs.report.title')} />}
      </SideSheet>
    </>
  );
}

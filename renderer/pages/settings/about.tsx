import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import type { Output } from '../../../shared/contract.ts';
import { call } from '../../lib/backend.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { attempt, say } from '../../lib/toasts.ts';

/** What runs here, and a report for who looks for a fault. */
export function About() {
  const { t } = useTranslation();
  const { version, shell, pid, addresses, baseUrl } = useGateway();
  const [report, setReport] = useState<Output<'support.preview'> | null>(null);
  const preview = async () => setReport(await attempt(call('support.preview')));
  const save = async (id: string) => {
    const saved = await attempt(call('support.save', { id }));
    if (saved) say(t('settings.about.savedAs', { path: saved.path }));
  };
  return (
    <div className="flex flex-col gap-4 p-2">
      <Facts
        facts={[
          { name: t('settings.about.version'), value: `${version} (${shell})` },
          { name: t('settings.about.process'), value: pid },
          { name: t('settings.about.addresses'), value: <span className="code">{addresses.join(', ')}</span> },
          {
            name: t('settings.about.docs'),
            value: (
              <a className="text-accent underline" href={`${baseUrl}/docs`} target="_blank" rel="noreferrer">
                {`${baseUrl}/docs`}
              </a>
            ),
          },
        ]}
      />
      <section aria-labelledby="report">
        <h3 id="report" className="font-medium">
          {t('settings.about.report')}
        </h3>
        <p className="text-muted">{t('settings.about.reportHelp')}</p>
        <div className="my-2 flex flex-wrap gap-2">
          <Button onClick={() => void preview()}>{t('settings.about.preview')}</Button>
          {report !== null && <Button onClick={() => void save(report.id)}>{t('settings.about.save')}</Button>}
        </div>
        {report !== null && (
          <textarea
            readOnly
            aria-label={t('settings.about.text')}
            value={report.text}
            rows={16}
            className="code w-full rounded-control border border-control bg-surface p-2 text-xs"
          />
        )}
      </section>
    </div>
  );
}

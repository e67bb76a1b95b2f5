import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../../components/facts.tsx';
import { call } from '../../../lib/backend.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { helpUrl } from '../../../lib/help.ts';
import { Licences } from './licences.tsx';
import { Places } from './places.tsx';
import { Report } from './report.tsx';
import { SelfTest } from './self-test.tsx';

/** What runs here and where its files are, whether all is well, and a report for who looks for a fault. */
export function About() {
  const { t } = useTranslation();
  const { version, shell, pid, addresses, baseUrl } = useGateway();
  const { data } = useQuery({ queryKey: ['about'], queryFn: () => call('about.get') });
  const link = (to: string) => (
    <a className="text-accent underline" href={to} target="_blank" rel="noreferrer">
      {to}
    </a>
  );
  const runs = Object.entries(data?.runs ?? {}).map(([name, of]) => `${name} ${of}`);
  return (
    <div className="flex flex-col gap-6 p-2">
      <Facts
        facts={[
          { name: t('settings.about.version'), value: `${version} (${shell})` },
          { name: t('settings.about.runs'), value: runs.join(', ') || '–' },
          { name: t('settings.about.system'), value: data?.system ?? '–' },
          { name: t('settings.about.process'), value: pid },
          { name: t('settings.about.addresses'), value: <span className="code">{addresses.join(', ')}</span> },
          { name: t('settings.about.documents'), value: link(helpUrl(baseUrl, '/home')) },
          { name: t('settings.about.docs'), value: link(`${baseUrl}/docs`) },
        ]}
      />
      <SelfTest />
      {data !== undefined && <Places places={data.places} canShow={data.canShow} />}
      <Report />
      <Licences />
    </div>
  );
}

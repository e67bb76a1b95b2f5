import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page.tsx';
import { useExchanges } from '../../lib/exchange-feed.ts';
import { useTotals } from '../../lib/queries.ts';
import { AccessFields } from './access-fields.tsx';
import { Attention } from './attention.tsx';
import { RecentExchanges } from './recent-exchanges.tsx';
import { RecoveredFiles } from './recovered-files.tsx';
import { TestRequest, useTestRequest } from './test-request.tsx';
import { Tiles } from './tiles.tsx';
import { Welcome } from './welcome.tsx';

export function HomePage() {
  const { t } = useTranslation();
  const { data: totals } = useTotals();
  const test = useTestRequest();
  const unused = useExchanges().every(({ purpose }) => purpose !== null) && (totals?.requests ?? 0) === 0;
  return (
    <Page title={t('rail.home')} actions={!unused && <TestRequest test={test} />}>
      <RecoveredFiles />
      <Attention />
      {unused ? (
        <Welcome test={test} />
      ) : (
        <>
          <AccessFields hints={false} />
          <Tiles />
          <RecentExchanges />
        </>
      )}
    </Page>
  );
}

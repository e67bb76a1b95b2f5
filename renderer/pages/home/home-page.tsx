import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadFailed } from '../../components/load-failed.tsx';
import { Page } from '../../components/page.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useExchanges } from '../../lib/exchange-feed.ts';
import { useTotals } from '../../lib/queries.ts';
import { AccessFields } from './access-fields.tsx';
import { Attention } from './attention.tsx';
import { Checklist } from './first-run/checklist.tsx';
import { FiguresBar } from './figures/figures-bar.tsx';
import { useFigures, useHold } from './figures/use-figures.ts';
import { NotableExchanges } from './notable-exchanges.tsx';
import { RecoveredFiles } from './recovered-files.tsx';
import { TestRequest, useTestRequest } from './test-request.tsx';
import { Tiles } from './tiles.tsx';
import { Welcome } from './welcome.tsx';

/** With the library that draws them, apart from what every page needs. */
const Charts = lazy(() => import('./charts/charts.tsx'));

export function HomePage() {
  const { t } = useTranslation();
  const { data: totals } = useTotals();
  const test = useTestRequest();
  const { held, paused, setPaused, area } = useHold();
  const { data: figures, isError, refetch } = useFigures(held);
  const nothingHeld = useExchanges().every(({ purpose }) => purpose !== null);
  // What was cleared from Logs is still in the figures.
  const unused = nothingHeld && (totals?.requests ?? 0) === 0 && (figures?.since ?? null) === null;
  const checklist = <Checklist used={!unused} onTest={() => void test.send()} />;
  return (
    <Page title={t('rail.home')} actions={!unused && <TestRequest test={test} />}>
      <RecoveredFiles />
      <Attention rejected={figures?.rejected ?? []} />
      {!unused && checklist}
      {unused ? (
        <>
          <Welcome test={test} />
          {checklist}
        </>
      ) : (
        <>
          <AccessFields hints={false} />
          <FiguresBar held={held} paused={paused} setPaused={setPaused} />
          {figures === undefined ? (
            isError ? (
              <LoadFailed retry={() => void refetch()} testId="figures-error" />
            ) : (
              <Skeleton rows={12} testId="figures-loading" />
            )
          ) : (
            <>
              <Tiles figures={figures} />
              <section aria-label={t('figures.title')} {...area}>
                <Suspense fallback={<Skeleton rows={12} testId="charts-loading" />}>
                  <Charts figures={figures} />
                </Suspense>
              </section>
              <NotableExchanges figures={figures} />
            </>
          )}
        </>
      )}
    </Page>
  );
}

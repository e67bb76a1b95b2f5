import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Captured } from '../../../../../shared/capture.ts';
import type { Exchange } from '../../../../../shared/exchange.ts';
import { LoadFailed } from '../../../../components/load-failed.tsx';
import { Skeleton } from '../../../../components/skeleton.tsx';
import { useBodies } from './use-bodies.ts';

interface WithBodiesProps {
  readonly exchange: Exchange;
  readonly children: (captured: Captured) => ReactNode;
}

/** Says why there is nothing to show where nothing was kept. */
export function WithBodies({ exchange, children }: WithBodiesProps) {
  const { t } = useTranslation();
  const { routesByPath } = useRouter();
  const { data, isError, refetch } = useBodies(exchange);
  if (isError) return <LoadFailed retry={() => void refetch()} testId="bodies-error" />;
  if (data === undefined) return <Skeleton rows={4} testId="bodies-loading" />;
  if (data.captured !== null) return children(data.captured);
  return (
    <div data-testid="bodies-none" className="flex flex-col items-start gap-2 text-muted">
      <p>{t(exchange.purpose === 'radar' ? 'logs.bodies.radar' : `logs.bodies.none.${data.mode}`)}</p>
      {Object.hasOwn(routesByPath, '/settings') && (
        <a href="#/settings/logs" className="text-accent underline">
          {t('logs.bodies.settings')}
        </a>
      )}
    </div>
  );
}

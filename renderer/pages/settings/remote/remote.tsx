import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { call } from '../../../lib/backend.ts';
import { useFormat } from '../../../lib/format.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { useNow } from '../../../lib/now.ts';
import { attempt, say } from '../../../lib/toasts.ts';

/** Who is signed in to the window in a browser. */
export function Remote() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const headless = useGateway().shell === 'headless';
  const { data, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: () => call('sessions.list'),
    enabled: headless,
    staleTime: 0,
    refetchInterval: 10_000,
  });
  if (!headless) return <p className="p-2 text-muted">{t('settings.remote.desktop')}</p>;
  const end = async (id: string) => {
    if (await attempt(call('sessions.end', { id }))) say(t('settings.remote.ended'));
    await refetch();
  };
  return (
    <div className="flex flex-col gap-4 p-2">
      <div>
        <h3 className="font-medium">{t('settings.remote.password')}</h3>
        <p className="text-muted">
          {t(data?.password ? 'settings.remote.passwordSet' : 'settings.remote.passwordNone')}
        </p>
      </div>
      <div>
        <h3 className="font-medium">{t('settings.remote.sessions')}</h3>
        <ul>
          {data?.sessions.map(({ id, address, since, seen }) => (
            <li key={id} className="flex flex-wrap items-center gap-2 border-b border-line py-2">
              <span className="min-w-0 flex-1">
                <span className="code">{address || '–'}</span>
                <span className="block text-muted">
                  {t('settings.remote.since', {
                    time: format.dateTime(since),
                    seen: format.relative(seen, now),
                  })}
                </span>
              </span>
              <Button
                size="small"
                intent="danger"
                aria-label={t('settings.remote.endOf', { address })}
                onClick={() => void end(id)}
              >
                {t('settings.remote.end')}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

import { FileWarning } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Recovered } from '../../../shared/state.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { call } from '../../lib/backend.ts';
import { useFormat } from '../../lib/format.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { attempt } from '../../lib/toasts.ts';

const files = { settings: 'settings.json', database: 'traygate.db' } as const;

function RecoveredText({ recovered }: { readonly recovered: Recovered }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { what, from, backup, keptAs, settings, tokens } = recovered;
  const onlyValues = settings.length > 0;
  const said = onlyValues
    ? t('home.recovered.values', { settings: settings.join(', ') })
    : t(`home.recovered.${from}`, { file: files[what], time: backup === null ? '' : format.dateTime(backup) });
  return (
    <>
      {said} {tokens !== null && t('home.recovered.tokens', { count: tokens })}{' '}
      <span className="text-muted">
        {t(onlyValues ? 'home.recovered.keptValues' : 'home.recovered.kept', { name: keptAs })}
      </span>
    </>
  );
}

/** What was damaged when Traygate started, until somebody has read it. */
export function RecoveredFiles() {
  const { t } = useTranslation();
  const { recovered } = useGateway();
  if (recovered.length === 0) return null;
  return (
    <section aria-label={t('home.recovered.label')}>
      <ul className="flex flex-col gap-2">
        {recovered.map((one, at) => (
          <li key={one.keptAs}>
            <Banner
              tone="warning"
              icon={FileWarning}
              action={
                at === 0 && (
                  <Button size="small" onClick={() => void attempt(call('recovered.dismiss'))}>
                    {t('home.recovered.dismiss')}
                  </Button>
                )
              }
            >
              <RecoveredText recovered={one} />
            </Banner>
          </li>
        ))}
      </ul>
    </section>
  );
}

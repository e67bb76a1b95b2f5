import { useTranslation } from 'react-i18next';
import { connection } from '../lib/live.ts';
import { useStore } from '../lib/store.ts';
import { Skeleton } from './skeleton.tsx';

/** Until the gateway's state is known. */
export function Starting() {
  const { t } = useTranslation();
  const { live } = useStore(connection);
  return (
    <main className="mx-auto flex max-w-md flex-col gap-3 p-8">
      {live ? <Skeleton rows={4} testId="starting" /> : <p aria-live="polite">{t('reconnecting.starting')}</p>}
    </main>
  );
}

import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../components/chip.tsx';
import { clientName, speaksOf, useClientActivity, useClients } from '../../lib/clients.ts';

const shown = 8;

/** What the user may want to connect first: programs of this computer before others. */
export function ClientCards() {
  const { t } = useTranslation();
  const { data } = useClients();
  const { data: activity } = useClientActivity();
  const clients = (data?.clients ?? []).toSorted((a, b) => Number(b.found) - Number(a.found)).slice(0, shown);
  return (
    <section aria-labelledby="client-cards" className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-2">
        <h3 id="client-cards" className="font-semibold">
          {t('connect.welcome.title')}
        </h3>
        <Link to="/connect" className="text-accent hover:underline">
          {t('connect.welcome.all')}
        </Link>
      </div>
      <ul className="grid min-h-14 grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-4">
        {clients.map(({ id, found }) => (
          <li key={id}>
            <Link
              to="/connect/$clientId"
              params={{ clientId: id }}
              className="flex h-full flex-col gap-1 rounded-card border border-line bg-bg px-3 py-2 hover:bg-hover"
            >
              <span className="flex items-center gap-1.5 font-medium">
                {activity?.calls.some(({ client, ok }) => client === id && ok) === true && (
                  <CircleCheck aria-hidden size={15} className="shrink-0 text-success" />
                )}
                {clientName(id)}
              </span>
              <span className="flex flex-wrap items-center gap-1.5 text-xs text-muted">
                {t(`connect.speaks.${speaksOf(id)}`)}
                {found && <Chip tone="info">{t('connect.list.found')}</Chip>}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

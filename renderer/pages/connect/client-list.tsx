import { Link } from '@tanstack/react-router';
import { CircleCheck, PencilLine } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientCall, ClientId, ClientStatus } from '../../../shared/clients.ts';
import { Chip } from '../../components/chip.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { clientName, speaksOf, useClientActivity } from '../../lib/clients.ts';
import { cx } from '../../lib/cx.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';

interface CardProps {
  readonly status: ClientStatus;
  readonly call: ClientCall | undefined;
  readonly chosen: boolean;
}

function Card({ status: { id, found, applied }, call, chosen }: CardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  return (
    <Link
      to="/connect/$clientId"
      params={{ clientId: id }}
      aria-current={chosen ? 'true' : undefined}
      data-client={id}
      data-called={call?.ok === true}
      className={cx(
        'flex flex-col gap-1 rounded-card border px-3 py-2',
        chosen ? 'border-accent bg-accent/8' : 'border-line hover:bg-hover',
        call?.ok === true && !chosen && 'border-success/50',
      )}
    >
      <span className="flex items-center gap-2">
        {call?.ok === true && <CircleCheck aria-hidden size={15} className="shrink-0 text-success" />}
        <span className="mr-auto font-medium">{clientName(id)}</span>
        {found && <Chip tone="info">{t('connect.list.found')}</Chip>}
      </span>
      <span className="flex flex-wrap items-center gap-2 text-xs text-muted">
        {t(`connect.speaks.${speaksOf(id)}`)}
        {call !== undefined && <span>{t('connect.list.called', { time: format.relative(call.at, now) })}</span>}
        {applied === 'changed' && (
          <Chip tone="warning" icon={PencilLine}>
            {t('connect.list.changed')}
          </Chip>
        )}
      </span>
    </Link>
  );
}

interface ClientListProps {
  readonly statuses: readonly ClientStatus[];
  readonly chosen: ClientId | undefined;
  readonly className?: string;
}

/** All clients, those of this computer first. */
export function ClientList({ statuses, chosen, className }: ClientListProps) {
  const { t } = useTranslation();
  const { data } = useClientActivity();
  const [search, setSearch] = useState('');
  const wanted = statuses.filter(({ id }) => clientName(id).toLowerCase().includes(search.trim().toLowerCase()));
  const groups = [
    { heading: 'connect.list.foundHeading', of: wanted.filter(({ found }) => found) },
    { heading: 'connect.list.othersHeading', of: wanted.filter(({ found }) => !found) },
  ] as const;
  return (
    <nav aria-label={t('connect.list.label')} className={cx('flex shrink-0 flex-col gap-2 md:w-64', className)}>
      <SearchField label={t('connect.list.search')} value={search} onChange={setSearch} />
      {wanted.length === 0 && <p className="px-1 text-muted">{t('common.nothingMatches')}</p>}
      {groups.map(
        ({ heading, of }) =>
          of.length > 0 && (
            <div key={heading} className="flex flex-col gap-1">
              <h2 className="px-1 pt-1 text-xs text-muted">{t(heading)}</h2>
              <ul className="flex flex-col gap-1">
                {of.map((status) => (
                  <li key={status.id}>
                    <Card
                      status={status}
                      call={data?.calls.find(({ client }) => client === status.id)}
                      chosen={status.id === chosen}
                    />
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
    </nav>
  );
}

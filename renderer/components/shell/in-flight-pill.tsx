import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { cx } from '../../lib/cx.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { pillClass } from './pill.tsx';

export function InFlightPill() {
  const { t } = useTranslation();
  const { inFlight } = useGateway();
  return (
    <Link
      to="/logs"
      search={{ view: 'active' }}
      className={cx(pillClass, 'max-lg:hidden', inFlight === 0 && 'text-muted')}
    >
      {t('header.inFlight', { count: inFlight })}
    </Link>
  );
}

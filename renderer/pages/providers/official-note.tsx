import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../shared/provider.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { officialOf } from '../../lib/providers.ts';

/** Beside the unofficial way through a web chat, the way to the vendor's API. */
export function OfficialNote({ provider }: { readonly provider: ProviderId }) {
  const { t } = useTranslation();
  const { providers } = useGateway();
  const official = providers.find(({ id }) => id === officialOf(provider));
  if (official === undefined) return null;
  return (
    <Link
      to="/providers/$providerId"
      params={{ providerId: official.id }}
      className="w-fit text-accent underline underline-offset-2"
    >
      {t('providers.official', { provider: official.name })}
    </Link>
  );
}

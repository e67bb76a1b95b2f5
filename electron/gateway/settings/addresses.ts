import type { ProviderId } from '../../../shared/provider.ts';
import { basesOf } from '../providers/zai-api/bases.ts';
import type { Settings } from './settings.ts';

/** Where a provider is asked; null for one that is no service. */
export function addressOf(settings: Settings, id: ProviderId): string | null {
  switch (id) {
    case 'zai':
    case 'k2think':
    case 'k2think-api':
    case 'longcat':
    case 'longcat-api':
      return settings.get(`providers.${id}.baseUrl`);
    case 'zai-api':
      return basesOf(settings.get('providers.zai-api.base'))?.chat ?? null;
    default:
      return settings.get('providers.added').find((added) => added.id === id)?.baseUrl ?? null;
  }
}

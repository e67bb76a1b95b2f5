import { useTranslation } from 'react-i18next';
import { type ClientKey, defaultKeyId } from '../../../../shared/client-key.ts';

/** What a key is called: the default one in the user's language, others as the user has named them. */
export function useKeyName(): (key: Pick<ClientKey, 'id' | 'name'>) => string {
  const { t } = useTranslation();
  return ({ id, name }) => (id === defaultKeyId ? t('clientKeys.defaultName') : name);
}

import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { copyKeyAloud } from '../../lib/copy-actions.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { CopyButton } from '../copy-button.tsx';

export function KeyPill() {
  const { t } = useTranslation();
  const { keyEnding, keyRequired } = useGateway();
  if (keyEnding === null) {
    return (
      <span className="inline-flex items-center gap-1.5 px-2 whitespace-nowrap text-muted max-xl:hidden">
        <KeyRound aria-hidden size={14} />
        {t('header.noKey')}
      </span>
    );
  }
  return (
    <div className="flex items-center">
      <span className="inline-flex items-center gap-1.5 pl-2 whitespace-nowrap max-xl:hidden">
        <span className="text-muted">{t(keyRequired ? 'header.key' : 'header.keyOptional')}</span>
        <span>
          ••••<span className="code">{keyEnding}</span>
        </span>
      </span>
      <KeyRound aria-hidden size={15} className="ml-2 text-muted xl:hidden" />
      <CopyButton label={t('copy.key')} copy={copyKeyAloud} />
    </div>
  );
}

import { Ban } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { call } from '../../../lib/backend.ts';
import { attempt } from '../../../lib/toasts.ts';

export function CancelButton({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <Button
      size="small"
      intent="danger"
      className="ml-auto"
      onClick={() => void attempt(call('exchanges.cancel', { id }))}
    >
      <Ban aria-hidden size={13} />
      {t('logs.panel.cancel')}
    </Button>
  );
}

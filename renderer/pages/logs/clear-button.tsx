import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { call } from '../../lib/backend.ts';
import { reloadExchanges } from '../../lib/live.ts';
import { attempt } from '../../lib/toasts.ts';

export function ClearButton({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const clear = async () => {
    await call('exchanges.clear');
    await reloadExchanges();
  };
  return (
    <>
      <Button disabled={disabled} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden size={14} />
        {t('logs.clear')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('logs.clearTitle')}
        body={t('logs.clearBody')}
        choices={[{ label: t('logs.clearYes'), intent: 'danger', run: () => void attempt(clear()) }]}
      />
    </>
  );
}

import { Play, Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/backend.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { attempt } from '../../lib/toasts.ts';
import { Button } from '../button.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';

export function PowerButton() {
  const { t } = useTranslation();
  const { status, inFlight, shell } = useGateway();
  const [asking, setAsking] = useState(false);
  const stop = (now: boolean) => void attempt(call('gateway.stop', { now }));

  if (status === 'stopped' || status === 'error') {
    return (
      <Button size="small" intent="primary" onClick={() => void attempt(call('gateway.start'))}>
        <Play aria-hidden size={14} />
        {t('header.start')}
      </Button>
    );
  }
  return (
    <>
      <Button
        size="small"
        disabled={status !== 'running'}
        onClick={() => (inFlight > 0 || shell === 'headless' ? setAsking(true) : stop(false))}
      >
        <Square aria-hidden size={13} />
        {t('header.stop')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('header.stopTitle')}
        body={inFlight > 0 ? t('header.stopBody', { count: inFlight }) : t('header.stopBodyIdle')}
        choices={
          inFlight > 0
            ? [
                { label: t('header.stopFinish', { count: inFlight }), intent: 'primary', run: () => stop(false) },
                { label: t('header.stopNow'), intent: 'danger', run: () => stop(true) },
              ]
            : [{ label: t('header.stop'), intent: 'primary', run: () => stop(false) }]
        }
      />
    </>
  );
}

import { Play, Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/backend.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { attempt } from '../../lib/toasts.ts';
import { Button } from '../button.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { Tip } from '../tip.tsx';

/** The gateway serves this very page, so it cannot be stopped from it; shown all the same, with the reason. */
function StopElsewhere() {
  const { t } = useTranslation();
  return (
    <Tip side="bottom" label={t('header.stopElsewhere')}>
      <Button size="small" aria-disabled aria-description={t('header.stopElsewhere')}>
        <Square aria-hidden size={13} />
        <span className="max-sm:sr-only">{t('header.stop')}</span>
      </Button>
    </Tip>
  );
}

function StopButton() {
  const { t } = useTranslation();
  const { status, inFlight } = useGateway();
  const [asking, setAsking] = useState(false);
  const stop = (now: boolean) => void attempt(call('gateway.stop', { now }));
  return (
    <>
      <Button
        size="small"
        disabled={status !== 'running'}
        onClick={() => (inFlight > 0 ? setAsking(true) : stop(false))}
      >
        <Square aria-hidden size={13} />
        <span className="max-sm:sr-only">{t('header.stop')}</span>
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('header.stopTitle')}
        body={t('header.stopBody', { count: inFlight })}
        choices={[
          { label: t('header.stopFinish', { count: inFlight }), intent: 'primary', run: () => stop(false) },
          { label: t('header.stopNow'), intent: 'danger', run: () => stop(true) },
        ]}
      />
    </>
  );
}

export function PowerButton() {
  const { t } = useTranslation();
  const { status, shell } = useGateway();
  if (status === 'stopped' || status === 'error') {
    return (
      <Button size="small" intent="primary" onClick={() => void attempt(call('gateway.start', null))}>
        <Play aria-hidden size={14} />
        {t('header.start')}
      </Button>
    );
  }
  return shell === 'headless' ? <StopElsewhere /> : <StopButton />;
}

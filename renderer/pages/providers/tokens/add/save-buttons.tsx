import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../../shared/provider.ts';
import { Button } from '../../../../components/button.tsx';
import { call } from '../../../../lib/backend.ts';
import { jobs } from '../../../../lib/jobs.ts';
import { wordFor } from '../../../../lib/providers.ts';
import { useStore } from '../../../../lib/store.ts';
import { attempt } from '../../../../lib/toasts.ts';

interface SaveButtonsProps {
  readonly provider: ProviderId;
  readonly count: number;
  readonly check: boolean;
  /** The name of the checks that run; null while nothing is being saved. */
  readonly job: string | null;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

/** Saves; while checks run, says how far they are and lets them be cancelled. */
export function SaveButtons({ provider, count, check, job, onSave, onClose }: SaveButtonsProps) {
  const { t } = useTranslation();
  const progress = useStore(jobs).get(job ?? '');
  const text = () => {
    if (job === null) return t('tokens.add.submit', { count, ...wordFor(provider) });
    if (!check || !progress) return t('tokens.add.saving');
    return t('tokens.add.progress', { done: progress.done, total: progress.total });
  };
  return (
    <>
      <Button intent="primary" disabled={job !== null || count === 0} onClick={onSave}>
        {text()}
      </Button>
      {job !== null && check ? (
        <Button intent="ghost" onClick={() => void attempt(call('tokens.cancel', { job }))}>
          {t('tokens.add.cancelChecks')}
        </Button>
      ) : (
        <Button intent="ghost" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      )}
    </>
  );
}

import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../../../shared/contract.ts';
import type { ProviderId } from '../../../../../shared/provider.ts';
import type { Token } from '../../../../../shared/token.ts';
import { Button } from '../../../../components/button.tsx';
import { SideSheet } from '../../../../components/side-sheet.tsx';
import { beginJob, endJob } from '../../../../lib/jobs.ts';
import { wordFor } from '../../../../lib/providers.ts';
import { AddResults } from './add-results.tsx';
import { CheckChoice } from './check-choice.tsx';
import { DiagnosisView } from './diagnosis-view.tsx';
import { DropArea } from './drop-area.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { SaveButtons } from './save-buttons.tsx';
import { saveTokens } from './save-tokens.ts';
import { useDiagnosis } from './use-diagnosis.ts';

interface AddTokensProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly provider: ProviderId;
  readonly saved: readonly Token[];
}

export function AddTokens({ open, onClose, provider, saved }: AddTokensProps) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [check, setCheck] = useState(true);
  const [trusting, setTrusting] = useState(false);
  const [savings, setSavings] = useState(0);
  const [job, setJob] = useState<string | null>(null);
  const [results, setResults] = useState<Output<'tokens.add'> | null>(null);
  // Text that was saved elsewhere is the same text, seen anew.
  const diagnosis = useDiagnosis(text, saved, provider, trusting, savings);

  function read(next: string) {
    setText(next);
    setTrusting(false);
  }

  async function save() {
    const id = beginJob(diagnosis.fresh);
    setJob(id);
    const lines = await saveTokens({ provider, text, check, trusting, job: id });
    endJob(id);
    setJob(null);
    if (lines === null) return;
    read('');
    setResults(lines);
  }

  return (
    <SideSheet
      open={open}
      onClose={onClose}
      title={t('tokens.add.title', wordFor(provider))}
      initialFocus={area}
      footer={
        results === null ? (
          <SaveButtons
            provider={provider}
            count={diagnosis.fresh}
            check={check}
            job={job}
            onSave={() => void save()}
            onClose={onClose}
          />
        ) : (
          <>
            <Button intent="primary" onClick={onClose}>
              {t('common.done')}
            </Button>
            <Button intent="ghost" onClick={() => setResults(null)}>
              {t('tokens.add.again')}
            </Button>
          </>
        )
      }
    >
      {results === null ? (
        <DropArea areaRef={area} onText={read} provider={provider}>
          <DiagnosisView diagnosis={diagnosis} provider={provider} />
          <Elsewhere
            elsewhere={diagnosis.elsewhere}
            text={text}
            check={check}
            onSaved={() => setSavings(savings + 1)}
            onTrust={() => setTrusting(true)}
          />
          <CheckChoice provider={provider} checked={check} onChange={setCheck} count={diagnosis.fresh} />
        </DropArea>
      ) : (
        <AddResults lines={results} provider={provider} />
      )}
    </SideSheet>
  );
}

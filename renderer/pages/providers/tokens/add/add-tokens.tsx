import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../../../shared/contract.ts';
import type { ProviderId } from '../../../../../shared/provider.ts';
import type { Token } from '../../../../../shared/token.ts';
import { Button } from '../../../../components/button.tsx';
import { SideSheet } from '../../../../components/side-sheet.tsx';
import { wordFor } from '../../../../lib/providers.ts';
import { AddResults } from './add-results.tsx';
import { CheckChoice } from './check-choice.tsx';
import { DropArea } from './drop-area.tsx';
import { PasteReportView } from './paste-report-view.tsx';
import { saveTokens } from './save-tokens.ts';
import { usePasteReport } from './use-paste-report.ts';

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
  const [busy, setBusy] = useState(false);
  const [results, setResults] = useState<Output<'tokens.add'> | null>(null);
  const report = usePasteReport(text, saved, provider);

  async function save() {
    setBusy(true);
    const lines = await saveTokens(provider, text, check);
    setBusy(false);
    if (lines === null) return;
    setText('');
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
          <>
            <Button intent="primary" disabled={busy || report.fresh === 0} onClick={() => void save()}>
              {t(busy ? (check ? 'tokens.add.checking' : 'tokens.add.saving') : 'tokens.add.submit', {
                count: report.fresh,
                ...wordFor(provider),
              })}
            </Button>
            <Button intent="ghost" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
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
        <>
          <DropArea areaRef={area} onText={setText} provider={provider} />
          <PasteReportView report={report} provider={provider} />
          <CheckChoice provider={provider} checked={check} onChange={setCheck} count={report.fresh} />
        </>
      ) : (
        <AddResults lines={results} provider={provider} />
      )}
    </SideSheet>
  );
}

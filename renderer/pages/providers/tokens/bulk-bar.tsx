import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../shared/provider.ts';
import type { Token } from '../../../../shared/token.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { IconButton } from '../../../components/icon-button.tsx';
import { wordFor } from '../../../lib/providers.ts';
import { useSettings } from '../../../lib/settings.ts';
import { ExportDialog } from './export-dialog.tsx';
import { checkTokens, enableTokens, removeTokens } from './token-actions.ts';
import { sharingOf } from './token-columns.ts';
import { TuneAll } from './tune-all.tsx';

const askAbove = 10;

interface BulkBarProps {
  readonly tokens: readonly Token[];
  readonly provider: ProviderId;
  readonly onDone: () => void;
}

export function BulkBar({ tokens, provider, onDone }: BulkBarProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [exporting, setExporting] = useState(false);
  const sharing = sharingOf(useSettings().data);
  const removable = tokens.filter(({ external }) => !external);
  const remove = () =>
    void removeTokens(
      provider,
      removable.map(({ id }) => id),
    ).then((done) => done && onDone());
  return (
    <div
      role="toolbar"
      aria-label={t('tokens.bulk.label', wordFor(provider))}
      className="flex flex-wrap items-center gap-2 rounded-card border border-accent/40 bg-accent/5 px-3 py-1.5"
    >
      <output className="mr-auto font-medium">{t('tokens.bulk.selected', { count: tokens.length })}</output>
      <Button size="small" onClick={() => void checkTokens(provider, tokens)}>
        {t('tokens.bulk.check')}
      </Button>
      <Button size="small" onClick={() => void enableTokens(provider, tokens, true)}>
        {t('tokens.bulk.enable')}
      </Button>
      <Button size="small" onClick={() => void enableTokens(provider, tokens, false)}>
        {t('tokens.bulk.disable')}
      </Button>
      {sharing.tuned !== null && <TuneAll tokens={tokens} provider={provider} what={sharing.tuned} />}
      <Button size="small" onClick={() => setExporting(true)}>
        {t('tokens.bulk.export')}
      </Button>
      <Button
        size="small"
        intent="danger"
        disabled={removable.length === 0}
        onClick={() => (removable.length > askAbove ? setAsking(true) : remove())}
      >
        {t('tokens.bulk.remove')}
      </Button>
      <IconButton icon={X} label={t('tokens.bulk.clear')} onClick={onDone} />
      {exporting && <ExportDialog tokens={tokens} provider={provider} onClose={() => setExporting(false)} />}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('tokens.bulk.removeTitle', { count: removable.length, ...wordFor(provider) })}
        body={t('tokens.bulk.removeBody')}
        choices={[
          {
            label: t('tokens.bulk.removeYes', { count: removable.length, ...wordFor(provider) }),
            intent: 'danger',
            run: remove,
          },
        ]}
      />
    </div>
  );
}

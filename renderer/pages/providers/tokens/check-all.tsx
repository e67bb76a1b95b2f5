import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../shared/provider.ts';
import { providerName } from '../../../lib/provider-name.ts';
import type { Token } from '../../../../shared/token.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { wordFor } from '../../../lib/providers.ts';
import { checkTokens } from './token-actions.ts';

/** From here on a check is a noticeable number of requests to the provider. */
export const manyChecks = 20;

interface CheckAllProps {
  readonly tokens: readonly Token[];
  readonly provider: ProviderId;
}

export function CheckAll({ tokens, provider }: CheckAllProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const check = () => {
    setBusy(true);
    void checkTokens(provider, tokens).finally(() => setBusy(false));
  };
  return (
    <>
      <Button disabled={busy} onClick={() => (tokens.length > manyChecks ? setAsking(true) : check())}>
        <ShieldCheck aria-hidden size={15} />
        {t(busy ? 'tokens.checking' : 'tokens.checkAll')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('tokens.checkAll')}
        body={t('tokens.manyChecks', {
          count: tokens.length,
          provider: providerName(provider),
          ...wordFor(provider),
        })}
        choices={[{ label: t('tokens.checkAll'), intent: 'primary', run: check }]}
      />
    </>
  );
}

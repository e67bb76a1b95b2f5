import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../../shared/provider.ts';
import { providerName } from '../../../../lib/provider-name.ts';
import { Banner } from '../../../../components/banner.tsx';
import { Switch } from '../../../../components/switch.tsx';
import { wordFor } from '../../../../lib/providers.ts';
import { manyChecks } from '../check-all.tsx';

interface CheckChoiceProps {
  readonly provider: ProviderId;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly count: number;
}

export function CheckChoice({ provider, checked, onChange, count }: CheckChoiceProps) {
  const { t } = useTranslation();
  const id = useId();
  const name = providerName(provider);
  return (
    <div className="mt-4 border-t border-line pt-3">
      <div className="flex items-start gap-3">
        <div className="flex-1">
          <div id={id} className="font-medium">
            {t('tokens.add.check')}
          </div>
          <p id={`${id}-note`} className="text-xs text-muted">
            {t('tokens.add.checkNote', { provider: name, ...wordFor(provider) })}
          </p>
        </div>
        <Switch aria-labelledby={id} aria-describedby={`${id}-note`} checked={checked} onChange={onChange} />
      </div>
      {checked && count > manyChecks && (
        <Banner tone="warning" icon={TriangleAlert} className="mt-2">
          {t('tokens.manyChecks', { count, provider: name, ...wordFor(provider) })}
        </Banner>
      )}
    </div>
  );
}

import { Radar } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderState } from '../../../../shared/state.ts';
import { Button } from '../../../components/button.tsx';
import { call } from '../../../lib/backend.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { useRadar } from '../../../lib/queries.ts';
import { attempt } from '../../../lib/toasts.ts';
import { RadarFinding } from './radar-finding.tsx';
import { RadarSchedule } from './radar-schedule.tsx';

/** "Check now" for one provider, with what the last check of each kind of credential has found. */
export function RadarCheck({ provider }: { readonly provider: ProviderState }) {
  const { t } = useTranslation();
  const titleId = useId();
  const { data: radar } = useRadar();
  const name = providerName(provider.id);
  // The local test models are no service that could fail.
  if (radar === undefined || (provider.builtIn && !provider.needsToken)) return null;
  const running = radar.running.includes(provider.id);
  const findings = radar.findings.filter((finding) => finding.provider === provider.id);
  const ready = !provider.needsToken || provider.total > 0 || provider.guestMode || findings.length > 0;
  return (
    <section
      aria-labelledby={titleId}
      data-testid="radar"
      className="flex flex-col gap-2 rounded-card border border-line bg-surface px-3 py-2"
    >
      <div className="flex flex-wrap items-center gap-2">
        <h3 id={titleId} className="flex items-center gap-1.5 font-medium">
          <Radar aria-hidden size={15} className="shrink-0 text-muted" />
          {t('radar.title')}
        </h3>
        <span className="flex-1" />
        <RadarSchedule everyHours={radar.everyHours} />
        <Button
          size="small"
          disabled={running || !ready || !provider.enabled}
          title={t('radar.about', { provider: name })}
          onClick={() => void attempt(call('radar.run', { provider: provider.id }))}
        >
          {t(running ? 'radar.running' : 'radar.run')}
        </Button>
      </div>
      <div aria-live="polite">
        {findings.length > 0 ? (
          <ul className="flex flex-col gap-2">
            {findings.map((finding) => (
              <RadarFinding key={finding.kind} finding={finding} />
            ))}
          </ul>
        ) : (
          <p className="text-muted">{t(ready ? 'radar.never' : 'radar.nothing')}</p>
        )}
      </div>
    </section>
  );
}

import { useTranslation } from 'react-i18next';
import { type CheckName, checkNames } from '../../../../shared/test-runs.ts';
import { CheckField, NumberField } from '../../../components/fields.tsx';
import { useGateway } from '../../../lib/gateway-state.ts';
import { createStore } from '../../../lib/store.ts';

export interface MatrixOptions {
  readonly checks: readonly CheckName[];
  /** Those that are left out. */
  readonly without: readonly string[];
  readonly concurrency: number;
  readonly timeoutSeconds: number;
  readonly stopAfter: number | null;
}

export const matrixOptions = createStore<MatrixOptions>({
  checks: checkNames,
  without: [],
  concurrency: 2,
  timeoutSeconds: 15,
  stopAfter: null,
});

const toggled = <T,>(all: readonly T[], one: T, on: boolean): T[] =>
  on ? [...all.filter((other) => other !== one), one] : all.filter((other) => other !== one);

export function MatrixOptionFields({
  options,
  disabled,
}: {
  readonly options: MatrixOptions;
  readonly disabled: boolean;
}) {
  const { t } = useTranslation();
  const providers = useGateway().providers.filter(({ enabled, modelCount }) => enabled && modelCount > 0);
  const change = (what: Partial<MatrixOptions>) => matrixOptions.set({ ...options, ...what });
  const { checks, without, concurrency, timeoutSeconds, stopAfter } = options;
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-3">
      <legend className="sr-only">{t('test.run.options')}</legend>
      <div className="flex flex-wrap gap-x-8 gap-y-3">
        <fieldset>
          <legend className="text-xs text-muted">{t('test.run.providers')}</legend>
          <div className="flex flex-wrap gap-x-4">
            {providers.map(({ id, name, modelCount }) => (
              <CheckField
                key={id}
                label={`${name} (${modelCount})`}
                checked={!without.includes(id)}
                onChange={(on) => change({ without: toggled(without, id, !on) })}
              />
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend className="text-xs text-muted">{t('test.run.checks')}</legend>
          <div className="flex flex-wrap gap-x-4">
            {checkNames.map((name) => (
              <CheckField
                key={name}
                label={t(`test.checks.${name}`)}
                checked={checks.includes(name)}
                onChange={(on) => change({ checks: toggled(checks, name, on) })}
              />
            ))}
          </div>
        </fieldset>
      </div>
      <div className="flex flex-wrap gap-3">
        <NumberField
          label={t('test.run.concurrency')}
          className="w-28"
          value={concurrency}
          min={1}
          max={5}
          onChange={(value) => change({ concurrency: value ?? 2 })}
        />
        <NumberField
          label={t('test.run.timeout')}
          className="w-28"
          value={timeoutSeconds}
          min={5}
          max={60}
          onChange={(value) => change({ timeoutSeconds: value ?? 15 })}
        />
        <NumberField
          label={t('test.run.stopAfter')}
          className="w-40"
          value={stopAfter}
          min={1}
          max={100}
          placeholder={t('test.run.never')}
          onChange={(value) => change({ stopAfter: value })}
        />
      </div>
    </fieldset>
  );
}

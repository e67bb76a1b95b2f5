import { Lock, Monitor, RotateCcw } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../components/icon-button.tsx';
import { useGateway } from '../../../lib/gateway-state.ts';
import { useStore } from '../../../lib/store.ts';
import { sought } from '../sought.ts';
import type { Field } from './fields.ts';
import type { Setting } from './use-setting.ts';

/** What ties a control to its words. */
export interface Tied {
  readonly id: string;
  readonly disabled: boolean;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid'?: true;
}

interface FieldRowProps {
  readonly field: Field;
  readonly setting: Setting;
  /** The control goes below its words, over the whole width. */
  readonly wide?: boolean;
  readonly children: (tied: Tied) => ReactNode;
}

/** A setting: what it is called, what it does, its control, and what is to be said of it. */
export function FieldRow({ field, setting, wide = false, children }: FieldRowProps) {
  const { t } = useTranslation();
  const id = useId();
  const { lockedBy, problem, busy, changed } = setting;
  const { shell } = useGateway();
  const away = field.desktop === true && shell !== 'desktop';
  const row = useRef<HTMLDivElement>(null);
  const goal = useStore(sought);
  const found = goal?.id === field.id;
  useEffect(() => {
    if (goal?.id !== field.id) return;
    row.current?.scrollIntoView({ block: 'center' });
    row.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true });
  }, [goal, field.id]);
  const label = t(`settingFields.${field.id}.label`);
  return (
    <div
      ref={row}
      id={`setting-${field.id}`}
      data-found={found || undefined}
      className="grid scroll-mt-4 gap-x-6 gap-y-2 rounded-card p-2 data-[found]:bg-accent/12 data-[found]:outline-2 data-[found]:outline-accent sm:grid-cols-[minmax(0,1fr)_auto]"
    >
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <div id={`${id}-note`} className="text-muted">
          {t(`settingFields.${field.id}.help`)} {field.effect !== undefined && t(`settings.${field.effect}`)}
          {away && (
            <span className="mt-1 flex items-center gap-1.5">
              <Monitor aria-hidden size={13} className="shrink-0" />
              {t('settings.desktopOnly')}
            </span>
          )}
          {lockedBy !== null && (
            <span className="mt-1 flex items-center gap-1.5 text-warning">
              <Lock aria-hidden size={13} className="shrink-0" />
              {t('common.setBy', { name: lockedBy })}
            </span>
          )}
          {problem !== null && (
            <span role="alert" className="mt-1 block text-danger">
              {problem}
            </span>
          )}
        </div>
      </div>
      <div className={wide ? 'flex min-w-0 items-start gap-1 sm:col-span-2' : 'flex min-w-0 items-start gap-1'}>
        {children({
          id,
          disabled: away || lockedBy !== null || busy,
          'aria-describedby': `${id}-note`,
          ...(problem !== null && { 'aria-invalid': true as const }),
        })}
        {/* The controls stand in one line, whether there is something to reset or not. */}
        {!changed && !wide && <span className="w-7 shrink-0 max-sm:hidden" />}
        {changed && (
          <IconButton
            icon={RotateCcw}
            label={t('settings.resetOf', { label })}
            disabled={busy}
            onClick={() => void setting.reset()}
          />
        )}
      </div>
    </div>
  );
}

import { Lock } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useLock } from '../lib/gateway-state.ts';
import { Switch } from './switch.tsx';

interface SwitchRowProps {
  readonly title: ReactNode;
  readonly titleId?: string;
  readonly note: ReactNode;
  /** Its path, to see whether it is fixed from outside. */
  readonly setting: string;
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A switch with what it does, and with why it cannot be changed when it cannot. */
export function SwitchRow({ title, titleId, note, setting, label, checked, onChange }: SwitchRowProps) {
  const { t } = useTranslation();
  const noteId = useId();
  const fixedBy = useLock(setting);
  return (
    <div className="flex items-start gap-4">
      <div className="min-w-0 flex-1">
        <h2 id={titleId}>{title}</h2>
        <div id={noteId} className="text-muted">
          {note}
          {fixedBy !== null && (
            <span className="mt-1 flex items-center gap-1.5 text-warning">
              <Lock aria-hidden size={13} className="shrink-0" />
              {t('common.setBy', { name: fixedBy })}
            </span>
          )}
        </div>
      </div>
      <Switch
        aria-label={label}
        aria-describedby={noteId}
        disabled={fixedBy !== null}
        checked={checked}
        onChange={onChange}
      />
    </div>
  );
}

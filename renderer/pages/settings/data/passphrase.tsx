import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { box } from '../fields/controls.tsx';

export const shortest = 8;

interface PassphraseProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** For a new file, not for one that is there. */
  readonly fresh?: boolean;
}

export function Passphrase({ value, onChange, fresh = false }: PassphraseProps) {
  const { t } = useTranslation();
  const id = useId();
  const short = value !== '' && value.length < shortest;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-xs text-muted">
        {t('settings.data.passphrase')}
      </label>
      <input
        id={id}
        type="password"
        autoComplete={fresh ? 'new-password' : 'off'}
        value={value}
        aria-describedby={`${id}-short`}
        onChange={({ target }) => onChange(target.value)}
        className={`${box} w-72 max-w-full`}
      />
      <p id={`${id}-short`} className="text-xs text-danger">
        {short && t('settings.data.passphraseShort')}
      </p>
    </div>
  );
}

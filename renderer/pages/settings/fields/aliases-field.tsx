import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { IconButton } from '../../../components/icon-button.tsx';
import { trusted } from '../../../lib/trusted.ts';
import { box } from './controls.tsx';
import { FieldRow } from './field-row.tsx';
import type { Field } from './fields.ts';
import { useSetting } from './use-setting.ts';

interface Row {
  readonly key: number;
  readonly pattern: string;
  readonly targets: string;
}

interface Alias {
  readonly pattern: string;
  readonly targets: readonly string[];
}

const rowsOf = (aliases: readonly Alias[]): Row[] =>
  aliases.map(({ pattern, targets }, key) => ({ key, pattern, targets: targets.join(', ') }));
const aliasesOf = (rows: readonly Row[]): Alias[] =>
  rows.map(({ pattern, targets }) => ({
    pattern: pattern.trim(),
    targets: targets
      .split(/[,，]/u)
      .map((target) => target.trim())
      .filter(Boolean),
  }));
const isWhole = (aliases: readonly Alias[]): boolean =>
  aliases.every(({ pattern, targets }) => pattern !== '' && targets.length > 0) &&
  new Set(aliases.map(({ pattern }) => pattern.toLowerCase())).size === aliases.length;

/** The names of models the user has made up. They are saved together, because each must go with the others. */
export function AliasesField({ field }: { readonly field: Field }) {
  const { t } = useTranslation();
  const setting = useSetting('models.aliases');
  const [draft, setDraft] = useState<readonly Row[] | null>(null);
  const rows = draft ?? rowsOf(trusted<readonly Alias[]>(setting.value ?? []));
  const change = (key: number, part: Partial<Row>) =>
    setDraft(rows.map((row) => (row.key === key ? Object.assign({}, row, part) : row)));
  const save = async () => {
    const aliases = aliasesOf(rows);
    if (!isWhole(aliases)) return setting.complain(t('settings.aliases.bad'));
    if (await setting.set(aliases)) setDraft(null);
  };
  return (
    <FieldRow field={field} setting={setting} wide>
      {(tied) => (
        <div className="flex w-full flex-col gap-2">
          {rows.map(({ key, pattern, targets }) => (
            <div key={key} className="flex flex-wrap gap-2">
              <input
                aria-label={t('settings.aliases.pattern')}
                disabled={tied.disabled}
                value={pattern}
                onChange={({ target }) => change(key, { pattern: target.value })}
                className={`${box} min-w-32 flex-1`}
              />
              <input
                aria-label={t('settings.aliases.targets')}
                disabled={tied.disabled}
                value={targets}
                onChange={({ target }) => change(key, { targets: target.value })}
                className={`${box} min-w-32 flex-2`}
              />
              <IconButton
                icon={X}
                label={t('settings.aliases.remove', { name: pattern })}
                disabled={tied.disabled}
                onClick={() => setDraft(rows.filter((row) => row.key !== key))}
              />
            </div>
          ))}
          <p className="text-xs text-muted">{t('settings.aliases.example')}</p>
          <div className="flex flex-wrap gap-2">
            <Button
              {...tied}
              onClick={() =>
                setDraft([...rows, { key: Math.max(0, ...rows.map(({ key }) => key)) + 1, pattern: '', targets: '' }])
              }
            >
              <Plus aria-hidden size={14} />
              {t('settings.aliases.add')}
            </Button>
            <Button intent="primary" disabled={tied.disabled || draft === null} onClick={() => void save()}>
              {t('settings.aliases.save')}
            </Button>
          </div>
        </div>
      )}
    </FieldRow>
  );
}

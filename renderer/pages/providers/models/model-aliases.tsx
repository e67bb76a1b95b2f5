import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../components/icon-button.tsx';
import type { ModelNames } from './use-model-names.ts';

interface ModelAliasesProps {
  readonly model: string;
  readonly names: ModelNames;
}

/** Further names of a model, for clients that have theirs built in; `*` stands for any text. */
export function ModelAliases({ model, names }: ModelAliasesProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const { addAlias, aliases, aliasesFixedBy, removeAlias } = names;
  const close = () => {
    setTyped(null);
    opener.current?.focus();
  };
  const save = async () => {
    const pattern = typed?.trim() ?? '';
    if (pattern === '' || (await addAlias(pattern))) close();
  };
  return (
    <span className="flex flex-wrap items-center gap-1 text-xs text-muted">
      {aliases.map((alias) => (
        <span key={alias} className="inline-flex items-center rounded-control border border-line bg-surface pl-1.5">
          <span className="code wrap-anywhere">{alias}</span>
          <IconButton
            icon={X}
            className="size-6"
            label={t('models.alias.remove', { alias, model })}
            disabled={aliasesFixedBy !== null}
            onClick={() => removeAlias(alias)}
          />
        </span>
      ))}
      {typed === null ? null : (
        <input
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by a press, to be typed into
          autoFocus
          maxLength={200}
          aria-label={t('models.alias.label', { model })}
          placeholder="gpt-*"
          className="h-6 w-32 rounded-control border border-control bg-bg px-1.5"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => void save()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void save();
            else if (event.key === 'Escape') close();
          }}
        />
      )}
      <button
        ref={opener}
        type="button"
        hidden={typed !== null}
        disabled={aliasesFixedBy !== null}
        title={aliasesFixedBy === null ? undefined : t('common.setBy', { name: aliasesFixedBy })}
        aria-label={t('models.alias.add', { model })}
        className="inline-flex min-h-6 items-center gap-0.5 rounded-control px-1 hover:bg-hover hover:text-text"
        onClick={() => setTyped('')}
      >
        <Plus aria-hidden size={12} />
        {t('models.alias.short')}
      </button>
    </span>
  );
}

import { type RefObject, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addableKinds } from '../../../../shared/provider.ts';
import { FilterChips } from '../../../components/filter-chips.tsx';
import type { Draft, Problems } from './draft.ts';
import { SwitchField, TextArea, TextField } from './fields.tsx';

interface ServiceFormProps {
  readonly formId: string;
  readonly draft: Draft;
  readonly problems: Problems;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly onSubmit: () => void;
  /** It is saved already: its keys have a tab of their own. */
  readonly saved: boolean;
  readonly nameRef: RefObject<HTMLInputElement | null>;
}

export function ServiceForm({ formId, draft, problems, onChange, onSubmit, saved, nameRef }: ServiceFormProps) {
  const { t } = useTranslation();
  const kindId = useId();
  const [more, setMore] = useState(draft.headers !== '' || draft.models !== '' || draft.prefix !== '');
  return (
    <form
      id={formId}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <TextField
        label={t('service.name')}
        value={draft.name}
        problem={problems.name}
        maxLength={60}
        ref={nameRef}
        onChange={(name) => onChange({ name })}
      />
      <div>
        <div id={kindId} aria-hidden className="mb-1 font-medium">
          {t('service.kind')}
        </div>
        <FilterChips
          label={t('service.kind')}
          value={draft.kind}
          options={addableKinds.map((kind) => ({ value: kind, label: t(`service.kinds.${kind}`) }))}
          onChange={(kind) => onChange({ kind })}
        />
      </div>
      <TextField
        label={t('service.baseUrl')}
        help={t(`service.baseUrlHelp.${draft.kind}`)}
        value={draft.baseUrl}
        problem={problems.baseUrl}
        maxLength={500}
        inputMode="url"
        className="code"
        onChange={(baseUrl) => onChange({ baseUrl })}
      />
      <SwitchField
        label={t('service.keyless')}
        help={t('service.keylessNote')}
        checked={draft.keyless}
        onChange={(keyless) => onChange({ keyless })}
      />
      {!draft.keyless &&
        (saved ? (
          <p className="text-muted">{t('service.keysEdit')}</p>
        ) : (
          <TextArea
            label={t('service.keys')}
            help={t('service.keysHelp')}
            value={draft.keys}
            problem={problems.keys}
            rows={3}
            maxLength={1_000_000}
            onChange={(keys) => onChange({ keys })}
          />
        ))}
      <details
        open={more || problems.headers !== undefined || problems.models !== undefined}
        onToggle={(event) => setMore(event.currentTarget.open)}
      >
        <summary className="min-h-6 w-fit text-accent">{t('service.more')}</summary>
        <div className="mt-3 flex flex-col gap-4">
          <TextArea
            label={t('service.models')}
            optional
            help={t('service.modelsHelp')}
            value={draft.models}
            problem={problems.models}
            rows={3}
            onChange={(models) => onChange({ models })}
          />
          <TextField
            label={t('service.prefix')}
            optional
            help={t('service.prefixHelp')}
            value={draft.prefix}
            maxLength={40}
            className="code"
            onChange={(prefix) => onChange({ prefix })}
          />
          <TextArea
            label={t('service.headers')}
            optional
            help={t('service.headersHelp')}
            value={draft.headers}
            problem={problems.headers}
            rows={2}
            onChange={(headers) => onChange({ headers })}
          />
        </div>
      </details>
    </form>
  );
}

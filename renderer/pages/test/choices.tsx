import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { guestToken } from '../../../shared/trials.ts';
import { Field, inputLook, SelectField } from '../../components/fields.tsx';
import { useGateway } from '../../lib/gateway-state.ts';
import { useOffered } from '../../lib/offered.ts';
import { useTokens } from '../../lib/queries.ts';

/** Who is asked: a name as clients send it, and whom to keep to. `''`: as the gateway decides. */
export interface Whom {
  readonly model: string;
  readonly provider: string;
  readonly token: string;
}

interface WhomProps {
  readonly value: Whom;
  readonly onChange: (whom: Whom) => void;
  readonly modelFixed?: boolean;
}

function ModelField({
  value,
  onChange,
  disabled,
}: {
  readonly value: string;
  readonly onChange: (model: string) => void;
  readonly disabled: boolean;
}) {
  const { t } = useTranslation();
  const list = useId();
  const names = [...new Set(useOffered().map(({ id }) => id))];
  return (
    <Field label={t('test.model')}>
      {(ids) => (
        <>
          <input
            {...ids}
            list={list}
            value={value}
            disabled={disabled}
            spellCheck={false}
            autoComplete="off"
            className={`code ${inputLook}`}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={list}>
            {names.map((name) => (
              <option key={name} value={name} label={name} aria-label={name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

function TokenField({
  provider,
  value,
  onChange,
}: {
  readonly provider: string;
  readonly value: string;
  readonly onChange: (token: string) => void;
}) {
  const { t } = useTranslation();
  const { data = [] } = useTokens(provider);
  const hasGuests = useGateway().providers.find(({ id }) => id === provider)?.guestMode ?? false;
  return (
    <SelectField
      label={t('test.token')}
      value={value}
      onChange={onChange}
      options={[
        { value: '', label: t('test.auto') },
        ...data.map(({ id, alias }) => ({ value: id, label: alias })),
        ...(hasGuests ? [{ value: guestToken, label: t('test.guest') }] : []),
      ]}
    />
  );
}

/** Model, provider and token. A token belongs to a provider, so it is chosen after that. */
export function WhomFields({ value, onChange, modelFixed = false }: WhomProps) {
  const { t } = useTranslation();
  const { providers } = useGateway();
  const chosen = providers.find(({ id }) => id === value.provider);
  return (
    <>
      <ModelField value={value.model} disabled={modelFixed} onChange={(model) => onChange({ ...value, model })} />
      <SelectField
        label={t('test.provider')}
        value={value.provider}
        onChange={(provider) => onChange({ ...value, provider, token: '' })}
        options={[
          { value: '', label: t('test.auto') },
          ...providers.filter(({ enabled }) => enabled).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {chosen?.needsToken && (
        <TokenField provider={chosen.id} value={value.token} onChange={(token) => onChange({ ...value, token })} />
      )}
    </>
  );
}

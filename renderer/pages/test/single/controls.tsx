import { ImagePlus, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { dialectIds } from '../../../../shared/exchange.ts';
import { Button } from '../../../components/button.tsx';
import { CheckField, Field, NumberField, SelectField } from '../../../components/fields.tsx';
import { IconButton } from '../../../components/icon-button.tsx';
import { complain } from '../../../lib/toasts.ts';
import { WhomFields } from '../choices.tsx';
import { bodyOf, changeForm, parseRaw, type TestForm } from './form.ts';

const largestImage = 8 * 1024 * 1024;

async function readImage(file: File, tooLarge: string): Promise<void> {
  if (file.size > largestImage) {
    complain(tooLarge);
    return;
  }
  const url = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
    reader.readAsDataURL(file);
  });
  if (url !== '') changeForm({ image: { name: file.name, url } });
}

function ImageChoice({ form }: { readonly form: TestForm }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex min-w-0 items-center gap-2">
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif"
        className="hidden"
        aria-label={t('test.image')}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void readImage(file, t('test.imageTooLarge'));
          target.value = '';
        }}
      />
      {form.image === null ? (
        <Button onClick={() => input.current?.click()}>
          <ImagePlus aria-hidden size={14} />
          {t('test.image')}
        </Button>
      ) : (
        <>
          <img src={form.image.url} alt="" className="size-8 rounded-control border border-line object-cover" />
          <span className="min-w-0 flex-1 truncate">{form.image.name}</span>
          <IconButton icon={X} label={t('test.imageRemove')} onClick={() => changeForm({ image: null })} />
        </>
      )}
    </div>
  );
}

/** Everything that can be chosen, beside the words. */
export function Controls({ form, fallback }: { readonly form: TestForm; readonly fallback: string }) {
  const { t } = useTranslation();
  const isRaw = form.raw !== null;
  const edit = (raw: boolean) => {
    if (raw) changeForm({ raw: JSON.stringify(bodyOf(form, fallback), null, 2) });
    else changeForm({ raw: null, replayOf: null });
  };
  const rawModel = form.raw === null ? null : parseRaw(form.raw)?.['model'];
  const shown = typeof rawModel === 'string' ? rawModel : form.model;
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-1">
      <WhomFields
        value={{ ...form, model: isRaw ? shown : form.model }}
        modelFixed={isRaw}
        onChange={({ model, provider, token }) => changeForm({ provider, token, ...(!isRaw && { model }) })}
      />
      <SelectField
        label={t('test.api')}
        value={form.dialect}
        options={dialectIds.map((id) => ({ value: id, label: t(`test.apis.${id}`) }))}
        onChange={(dialect) => changeForm({ dialect })}
      />
      {!isRaw && (
        <>
          <SelectField
            label={t('test.thinking')}
            value={form.thinking}
            options={(['default', 'on', 'off'] as const).map((value) => ({
              value,
              label: t(`test.thinkings.${value}`),
            }))}
            onChange={(thinking) => changeForm({ thinking })}
          />
          <NumberField
            label={t('test.maxTokens')}
            value={form.maxTokens}
            min={1}
            max={200_000}
            placeholder={t('test.maxTokensNone')}
            onChange={(maxTokens) => changeForm({ maxTokens })}
          />
          <Field label={t('test.system')} className="sm:col-span-2 lg:col-span-1">
            {(ids) => (
              <textarea
                {...ids}
                rows={2}
                value={form.system}
                onChange={(event) => changeForm({ system: event.target.value })}
                className="block w-full resize-y rounded-control border border-control bg-bg px-2 py-1.5"
              />
            )}
          </Field>
        </>
      )}
      <div className="flex flex-wrap gap-x-4 gap-y-1 sm:col-span-2 lg:col-span-1">
        {!isRaw && (
          <>
            <CheckField label={t('test.stream')} checked={form.stream} onChange={(stream) => changeForm({ stream })} />
            <CheckField label={t('test.tools')} checked={form.tools} onChange={(tools) => changeForm({ tools })} />
            {form.dialect !== 'anthropic-messages' && (
              <CheckField label={t('test.json')} checked={form.json} onChange={(json) => changeForm({ json })} />
            )}
          </>
        )}
        <CheckField label={t('test.raw')} checked={isRaw} onChange={edit} />
      </div>
      {!isRaw && <ImageChoice form={form} />}
    </div>
  );
}

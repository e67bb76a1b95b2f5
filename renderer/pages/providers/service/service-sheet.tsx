import { ArrowLeft } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddedProvider } from '../../../../shared/provider.ts';
import { Button } from '../../../components/button.tsx';
import { SideSheet } from '../../../components/side-sheet.tsx';
import { draftOf } from './draft.ts';
import { PresetPicker } from './preset-picker.tsx';
import { ServiceForm } from './service-form.tsx';
import { useService } from './use-service.ts';
import { VerifyResult } from './verify-result.tsx';

interface ServiceSheetProps {
  readonly open: boolean;
  /** The one to edit; null to add one. */
  readonly saved: AddedProvider | null;
  readonly onClose: () => void;
  readonly onSaved: (provider: AddedProvider) => void;
}

/** Adds a service by its address, or changes one. */
export function ServiceSheet({ open, saved, onClose, onSaved }: ServiceSheetProps) {
  const { t } = useTranslation();
  const formId = useId();
  const first = useRef<HTMLInputElement>(null);
  const service = useService(saved, (provider) => {
    onClose();
    onSaved(provider);
  });
  const { busy, draft, problems, verified } = service;
  const choosing = draft === null;

  useEffect(() => {
    if (choosing || saved !== null) {
      first.current?.focus();
      return;
    }
    // What a known service has filled in is not what is to be typed next.
    const fields = document.querySelectorAll<HTMLInputElement>(`[id="${formId}"] :is(input, textarea)`);
    [...fields].find((field) => field.value === '')?.focus();
  }, [choosing, formId, saved]);

  useEffect(() => {
    if (service.refused > 0) document.querySelector<HTMLElement>(`[id="${formId}"] [aria-invalid]`)?.focus();
  }, [formId, service.refused]);

  return (
    <SideSheet
      open={open}
      onClose={onClose}
      title={saved === null ? t('service.add') : t('service.edit', { provider: saved.name })}
      initialFocus={first}
      footer={
        draft === null ? (
          <Button intent="ghost" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        ) : (
          <>
            <output className="block w-full empty:hidden">
              {verified !== null && <VerifyResult {...verified} />}
              {verified === null && <span className="text-xs text-muted">{t('service.verifyNote')}</span>}
            </output>
            <Button type="submit" form={formId} intent="primary" disabled={busy !== null}>
              {t(busy === 'save' ? 'service.saving' : saved === null ? 'service.submitAdd' : 'service.submitEdit')}
            </Button>
            <Button disabled={busy !== null} onClick={() => void service.verify()}>
              {t(busy === 'verify' ? 'service.verifying' : 'service.verify')}
            </Button>
            <Button intent="ghost" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        )
      }
    >
      {draft === null ? (
        <PresetPicker fieldRef={first} onPick={(preset) => service.begin(draftOf(preset))} />
      ) : (
        <>
          {saved === null && (
            <Button intent="ghost" size="small" className="mb-3 -ml-2" onClick={() => service.begin(null)}>
              <ArrowLeft aria-hidden size={14} />
              {t('service.back')}
            </Button>
          )}
          <ServiceForm
            formId={formId}
            nameRef={first}
            draft={draft}
            problems={problems}
            saved={saved !== null}
            onChange={service.change}
            onSubmit={() => void service.save()}
          />
        </>
      )}
    </SideSheet>
  );
}

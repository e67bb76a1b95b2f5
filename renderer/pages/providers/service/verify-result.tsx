import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Draft } from './draft.ts';
import { verifiedText, type Verified } from './verify.ts';

interface VerifyResultProps {
  readonly verified: Verified;
  /** What was verified. */
  readonly draft: Draft;
}

export function VerifyResult({ verified: { answers, untried }, draft }: VerifyResultProps) {
  const { t } = useTranslation();
  return (
    <ul aria-label={t('verified.label')} data-testid="verified" className="flex flex-col gap-1.5">
      {answers.map((answer, index) => {
        const { english, good, text } = verifiedText(answer, draft);
        const Icon = good ? CircleCheck : CircleAlert;
        return (
          // oxlint-disable-next-line react/no-array-index-key -- they are as many as the keys, and never change places
          <li key={index} className="flex items-start gap-2">
            <Icon aria-hidden size={16} className={`mt-0.5 shrink-0 ${good ? 'text-success' : 'text-danger'}`} />
            <span className="min-w-0 wrap-anywhere">
              {answers.length > 1 && t('verified.key', { number: index + 1 })}
              <span lang={english ? 'en' : undefined}>{text}</span>
            </span>
          </li>
        );
      })}
      {untried > 0 && <li className="text-muted">{t('verified.rest', { count: untried })}</li>}
    </ul>
  );
}

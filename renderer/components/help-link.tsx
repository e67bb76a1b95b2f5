import { useLocation } from '@tanstack/react-router';
import { CircleQuestionMark } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useGateway } from '../lib/gateway-state.ts';
import { helpUrl } from '../lib/help.ts';
import { Tip } from './tip.tsx';

/** “?” beside the title: the part of the documents that is about this page. */
export function HelpLink({ title }: { readonly title: string }) {
  const { t } = useTranslation();
  const { baseUrl } = useGateway();
  const { pathname } = useLocation();
  const label = t('common.help', { page: title });
  return (
    <Tip label={label}>
      <a
        href={helpUrl(baseUrl, pathname)}
        target="_blank"
        rel="noreferrer"
        aria-label={label}
        aria-keyshortcuts="F1"
        className="inline-flex size-7 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-text"
      >
        <CircleQuestionMark aria-hidden size={16} />
      </a>
    </Tip>
  );
}

import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { KeptNotice } from '../../../../shared/notice.ts';
import { providerName } from '../../../lib/provider-name.ts';

function Words({ notice }: { readonly notice: KeptNotice }) {
  const { t } = useTranslation();
  if (notice.code === 'text') return <span lang="en">{notice.text}</span>;
  // The code itself is what an older window shows of a newer gateway.
  const values = 'provider' in notice ? { ...notice, provider: providerName(notice.provider) } : notice;
  return <span className="wrap-anywhere">{t(`notices.${notice.code}`, { ...values, defaultValue: notice.code })}</span>;
}

/** What was dropped or changed on the way. */
export function Warnings({ notices }: { readonly notices: readonly KeptNotice[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {notices.map((notice) => (
        <li key={JSON.stringify(notice)} className="flex gap-2">
          <TriangleAlert aria-hidden size={14} className="mt-0.5 shrink-0 text-warning" />
          <Words notice={notice} />
        </li>
      ))}
    </ul>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/backend.ts';
import { useFormat } from '../../../lib/format.ts';
import { useNow } from '../../../lib/now.ts';
import { DraftInput } from './controls.tsx';
import { FieldRow } from './field-row.tsx';
import type { Field } from './fields.ts';
import { useSetting } from './use-setting.ts';

/** A file of certificates, with whom each of them names and until when it holds. */
export function CaField({ field }: { readonly field: Field }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const setting = useSetting('network.caFile');
  const file = typeof setting.value === 'string' ? setting.value : '';
  const { data } = useQuery({
    queryKey: ['certificates', file],
    queryFn: () => call('settings.certificates'),
    enabled: file !== '',
    staleTime: 0,
  });
  return (
    <FieldRow field={field} setting={setting}>
      {(tied) => (
        <div className="flex w-full flex-col gap-1 sm:w-80">
          <DraftInput
            {...tied}
            value={file}
            onDone={(typed) => void setting.set(typed.trim() === '' ? null : typed.trim())}
            className="code w-full"
          />
          {file !== '' && data?.problem != null && (
            <p role="alert" className="text-danger">
              {t(`refusals.${data.problem}`)}
            </p>
          )}
          {file !== '' && (
            <ul>
              {data?.certificates.map(({ subject, until }) => (
                <li key={`${subject} ${until}`} className="border-b border-line py-0.5 text-xs">
                  <span className="code wrap-anywhere">{subject}</span>
                  <span className={until < now ? 'block text-danger' : 'block text-muted'}>
                    {t(until < now ? 'settings.ca.over' : 'settings.ca.until', { time: format.dateTime(until) })}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </FieldRow>
  );
}

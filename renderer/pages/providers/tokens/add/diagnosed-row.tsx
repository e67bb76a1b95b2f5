import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../../shared/provider.ts';
import { cx } from '../../../../lib/cx.ts';
import { useFormat } from '../../../../lib/format.ts';
import { providerName } from '../../../../lib/provider-name.ts';
import { wordFor } from '../../../../lib/providers.ts';
import type { Diagnosis } from './use-diagnosis.ts';

interface DiagnosedRowProps {
  readonly item: Diagnosis['items'][number];
  readonly provider: ProviderId;
}

/** One item: where it stood, which it is, what kind, and what becomes of it. */
export function DiagnosedRow({ item, provider }: DiagnosedRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { line, place, name, fingerprint, kind, account, expiresAt, problem, duplicate } = item;
  const owner = item.provider ?? provider;
  const where = line === null ? t(`tokens.add.places.${place}`, { name: name ?? '' }) : t('tokens.add.line', { line });
  const good = problem === null && duplicate === null && owner === provider;

  function verdict(): string {
    if (problem === 'other-service')
      return t('tokens.add.problems.other-service', { service: item.service ?? '', provider: providerName(provider) });
    if (problem !== null) return t(`tokens.add.problems.${problem}`, wordFor(provider));
    if (duplicate?.of === 'paste') return t('tokens.add.notes.duplicateInPaste');
    if (duplicate?.of === 'saved') return t('tokens.add.notes.duplicateSaved', { alias: duplicate.alias });
    return owner === provider
      ? t('tokens.add.notes.fresh')
      : t('tokens.add.notes.elsewhere', { provider: providerName(owner) });
  }

  return (
    <tr className="border-t border-line align-top">
      <td className="py-1 pr-2 text-muted">{where}</td>
      <td className="code py-1 pr-2 whitespace-nowrap text-muted">{fingerprint ?? '••••'}</td>
      <td className="py-1 pr-2">
        {problem === null || fingerprint !== null ? t(`tokens.add.kinds.${kind}`) : '–'}
        {account !== null && <div className="text-muted">{account}</div>}
        {expiresAt !== null && (
          <div className="text-muted">{t('tokens.add.expires', { time: format.dateTime(expiresAt) })}</div>
        )}
      </td>
      <td className={cx('py-1', good ? 'text-success' : problem === null ? 'text-muted' : 'text-warning')}>
        {verdict()}
      </td>
    </tr>
  );
}

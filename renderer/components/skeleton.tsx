import { useTranslation } from 'react-i18next';

/** Grey lines where rows will be; they fade in late, so that a fast answer never flashes. */
export function Skeleton({ rows, testId }: { readonly rows: number; readonly testId: string }) {
  const { t } = useTranslation();
  return (
    <div data-testid={testId} aria-busy className="flex animate-[appear_200ms_150ms_both] flex-col gap-3 py-2">
      <span className="sr-only">{t('common.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="h-5 rounded-control bg-hover" />
      ))}
    </div>
  );
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FilterChips } from '../../components/filter-chips.tsx';
import { Page } from '../../components/page.tsx';
import { Compare } from './compare/compare.tsx';
import { Exam } from './exam/exam.tsx';
import { Matrix } from './runs/matrix.tsx';
import { Single } from './single/single.tsx';
import { testModes } from './test-search.ts';

/** Requests on purpose: one, many, side by side, and the exam in calling tools. */
export function TestPage() {
  const { t } = useTranslation();
  const { mode = 'single', from } = useSearch({ from: '/test' });
  const navigate = useNavigate();
  return (
    <Page
      title={t('test.title')}
      actions={
        <FilterChips
          label={t('test.modesLabel')}
          value={mode}
          options={testModes.map((value) => ({ value, label: t(`test.modes.${value}`) }))}
          onChange={(next) => void navigate({ to: '/test', search: { mode: next } })}
        />
      }
    >
      {mode === 'single' && <Single from={from} />}
      {mode === 'matrix' && <Matrix />}
      {mode === 'compare' && <Compare />}
      {mode === 'exam' && <Exam />}
    </Page>
  );
}

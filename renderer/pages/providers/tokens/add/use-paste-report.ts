import { useEffect, useState } from 'react';
import type { ProviderId } from '../../../../../shared/provider.ts';
import type { Token } from '../../../../../shared/token.ts';
import { emptyReport, type PasteReport, reportPaste } from './paste-report.ts';

const debounceMs = 150;

/** `fresh` is up to date; a report that a newer text has overtaken is thrown away. */
export function usePasteReport(text: string, saved: readonly Token[], provider: ProviderId): PasteReport {
  const [report, setReport] = useState(emptyReport);
  useEffect(() => {
    let overtaken = false;
    const update = async () => {
      const next = await reportPaste(text, saved, provider);
      if (!overtaken) setReport(next);
    };
    const timer = setTimeout(() => {
      void update();
    }, debounceMs);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [text, saved, provider]);
  return report;
}

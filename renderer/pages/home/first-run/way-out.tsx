import { Link } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../../shared/radar.ts';
import { IconButton } from '../../../components/icon-button.tsx';

const link = 'inline-flex min-h-6 items-center font-medium text-accent hover:underline';

/** What to press when the self-test could not get through: one thing, and the test again. */
export function WayOut({ broken, again }: { readonly broken: Finding['broken']; readonly again: () => void }) {
  const { t } = useTranslation();
  return (
    <span className="inline-flex items-center gap-1">
      <Way broken={broken} />
      <IconButton icon={RotateCw} label={t('firstRun.selfTest.again')} onClick={again} />
    </span>
  );
}

function Way({ broken }: { readonly broken: Finding['broken'] }) {
  const { t } = useTranslation();
  switch (broken) {
    case 'network':
    case 'dns':
    case 'tls':
    case 'proxy':
    case 'timeout':
      return (
        <Link to="/settings/$section" params={{ section: 'network' }} className={link}>
          {t('firstRun.selfTest.setProxy')}
        </Link>
      );
    case 'captcha':
    case 'guard':
    case 'waf':
    case 'client-version':
    case 'signature':
    case 'format':
      return (
        <Link to="/providers/$providerId" params={{ providerId: 'zai-api' }} className={link}>
          {t('firstRun.selfTest.official')}
        </Link>
      );
    default:
      return (
        <Link to="/providers/$providerId" params={{ providerId: 'zai' }} search={{ add: true }} className={link}>
          {t('firstRun.selfTest.addToken')}
        </Link>
      );
  }
}

import { LogOut } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../../lib/session.ts';
import { isDesktop } from '../../lib/wire.ts';
import { IconButton } from '../icon-button.tsx';

export function SignOut() {
  const { t } = useTranslation();
  if (isDesktop) return null;
  return <IconButton icon={LogOut} label={t('rail.signOut')} className="size-8" onClick={() => void signOut()} />;
}

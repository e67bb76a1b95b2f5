import { useTranslation } from 'react-i18next';
import { AddressMenu } from './address-menu.tsx';
import { InFlightPill } from './in-flight-pill.tsx';
import { KeyPill } from './key-pill.tsx';
import { PowerButton } from './power-button.tsx';
import { ProvidersPill } from './providers-pill.tsx';
import { ScopePill } from './scope-pill.tsx';
import { StatePill } from './state-pill.tsx';

export function Header() {
  const { t } = useTranslation();
  return (
    <header
      aria-label={t('header.label')}
      className="flex h-11 shrink-0 items-center gap-1 border-b border-line px-2 sm:gap-2 sm:px-4"
    >
      <StatePill />
      <AddressMenu />
      <KeyPill />
      <ScopePill />
      <div className="ml-auto flex items-center gap-1 sm:gap-2">
        <ProvidersPill />
        <InFlightPill />
        <PowerButton />
      </div>
    </header>
  );
}

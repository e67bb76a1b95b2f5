import { ArrowDown, ArrowUp, EllipsisVertical, Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ProviderState } from '../../../../shared/state.ts';
import { IconButton } from '../../../components/icon-button.tsx';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { useLock } from '../../../lib/gateway-state.ts';
import { removeProvider } from '../provider-actions.ts';

interface ProviderMenuProps {
  readonly provider: ProviderState;
  readonly first: boolean;
  readonly last: boolean;
  readonly tabIndex: number;
  readonly onMove: (by: -1 | 1) => void;
  readonly onEdit: () => void;
}

export function ProviderMenu({ provider, first, last, tabIndex, onMove, onEdit }: ProviderMenuProps) {
  const { t } = useTranslation();
  const orderFixed = useLock('providers.order') !== null;
  const addedFixed = useLock('providers.added') !== null;
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          icon={EllipsisVertical}
          label={t('providers.row.actions', { provider: provider.name })}
          tabIndex={tabIndex}
        />
      }
    >
      <MenuItem icon={ArrowUp} disabled={first || orderFixed} onSelect={() => onMove(-1)}>
        {t('providers.row.up')}
      </MenuItem>
      <MenuItem icon={ArrowDown} disabled={last || orderFixed} onSelect={() => onMove(1)}>
        {t('providers.row.down')}
      </MenuItem>
      {!provider.builtIn && (
        <>
          <MenuItem icon={Pencil} disabled={addedFixed} onSelect={onEdit}>
            {t('providers.row.edit')}
          </MenuItem>
          <MenuItem icon={Trash2} danger disabled={addedFixed} onSelect={() => void removeProvider(provider.id)}>
            {t('providers.row.remove')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

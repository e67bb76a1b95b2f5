import { CircleCheck, CircleOff, Copy, EllipsisVertical, Eye, Pencil, ShieldCheck, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../shared/provider.ts';
import type { Token } from '../../../../shared/token.ts';
import { IconButton } from '../../../components/icon-button.tsx';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { wordFor } from '../../../lib/providers.ts';
import { checkTokens, copyToken, enableTokens, removeTokens } from './token-actions.ts';

interface TokenMenuProps {
  readonly token: Token;
  readonly provider: ProviderId;
  readonly onRename: () => void;
  readonly onReveal: () => void;
}

export function TokenMenu({ token, provider, onRename, onReveal }: TokenMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          icon={EllipsisVertical}
          label={t('tokens.menu.label', { alias: token.alias, ...wordFor(provider) })}
        />
      }
    >
      <MenuItem icon={ShieldCheck} onSelect={() => void checkTokens(provider, [token])}>
        {t('tokens.menu.check')}
      </MenuItem>
      <MenuItem
        icon={token.enabled ? CircleOff : CircleCheck}
        onSelect={() => void enableTokens(provider, [token], !token.enabled)}
      >
        {t(token.enabled ? 'tokens.bulk.disable' : 'tokens.bulk.enable')}
      </MenuItem>
      <MenuItem icon={Pencil} onSelect={onRename}>
        {t('tokens.menu.rename')}
      </MenuItem>
      <MenuItem icon={Copy} disabled={token.state === 'locked'} onSelect={() => void copyToken(token)}>
        {t('tokens.menu.copy')}
      </MenuItem>
      <MenuItem icon={Eye} disabled={token.state === 'locked'} onSelect={onReveal}>
        {t('tokens.menu.reveal')}
      </MenuItem>
      <MenuItem icon={Trash2} danger disabled={token.external} onSelect={() => void removeTokens(provider, [token.id])}>
        {t('tokens.menu.remove')}
      </MenuItem>
    </Menu>
  );
}

import { Ellipsis, Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ClientKey, defaultKeyId } from '../../../../shared/client-key.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { IconButton } from '../../../components/icon-button.tsx';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { Switch } from '../../../components/switch.tsx';
import { call } from '../../../lib/backend.ts';
import { useFormat } from '../../../lib/format.ts';
import { useNow } from '../../../lib/now.ts';
import { keysChanged } from '../../../lib/queries.ts';
import { attempt } from '../../../lib/toasts.ts';
import { copyKeyOf } from './key-actions.ts';
import { useKeyName } from './key-name.ts';

export type KeyTask = 'edit' | 'rotate' | 'revoke';

interface KeyRowProps {
  readonly clientKey: ClientKey;
  readonly onTask: (task: KeyTask, key: ClientKey) => void;
}

export function KeyRow({ clientKey, onTask }: KeyRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useKeyName()(clientKey);
  const { id, ending, lockedBy, createdAt, lastUsedAt, requests24h, expiresAt, enabled, graceUntil } = clientKey;
  const isDefault = id === defaultKeyId;
  const toggle = async (next: boolean) => {
    await attempt(call('keys.change', { id, enabled: next }));
    await keysChanged();
  };
  const now = useNow();
  const never = t('clientKeys.never');
  return (
    <tr className="border-b border-line align-top">
      <th scope="row" className="p-2 text-left font-medium">
        {name}
        <span className="block font-normal text-muted">
          ••••<span className="code">{ending}</span>
          {clientKey.scope === 'anthropic' && ` · ${t('clientKeys.anthropicOnly')}`}
        </span>
        {lockedBy !== null && (
          <span className="flex items-center gap-1 text-xs font-normal text-warning">
            <Lock aria-hidden size={12} />
            {t('clientKeys.lockedBy', { name: lockedBy })}
          </span>
        )}
        {graceUntil !== null && (
          <span className="block text-xs font-normal text-warning">
            {t('clientKeys.grace', { time: format.dateTime(graceUntil) })}
          </span>
        )}
      </th>
      <td className="p-2">{createdAt === null ? t('clientKeys.atFirstStart') : format.dateTime(createdAt)}</td>
      <td className="p-2">{lastUsedAt === null ? never : format.relative(lastUsedAt, now)}</td>
      <td className="p-2 text-right">{format.number(requests24h)}</td>
      <td className="p-2">
        {expiresAt === null ? never : format.dateTime(expiresAt)}
        {expiresAt !== null && expiresAt <= now && <span className="block text-danger">{t('clientKeys.expired')}</span>}
      </td>
      <td className="min-w-44 p-2 whitespace-normal">
        <Limits limits={clientKey.limits} />
      </td>
      <td className="p-2">
        <Switch
          aria-label={t('clientKeys.enableOf', { name })}
          disabled={lockedBy !== null || isDefault}
          checked={enabled}
          onChange={(next) => void toggle(next)}
        />
      </td>
      <td className="p-2 text-right">
        {clientKey.copyable && <CopyButton label={t('clientKeys.copyOf', { name })} copy={() => copyKeyOf(id)} />}
        {lockedBy === null && (
          <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('clientKeys.moreOf', { name })} />}>
            <MenuItem onSelect={() => onTask('edit', clientKey)}>{t('clientKeys.edit')}</MenuItem>
            <MenuItem onSelect={() => onTask('rotate', clientKey)}>{t('clientKeys.rotate')}</MenuItem>
            {!isDefault && (
              <MenuItem danger onSelect={() => onTask('revoke', clientKey)}>
                {t('clientKeys.revoke')}
              </MenuItem>
            )}
          </Menu>
        )}
      </td>
    </tr>
  );
}

function Limits({ limits }: { readonly limits: ClientKey['limits'] }) {
  const { t } = useTranslation();
  const { requestsPerMinute, tokensPerDay, models } = limits;
  const said = [
    ...(requestsPerMinute === null ? [] : [t('clientKeys.perMinute', { count: requestsPerMinute })]),
    ...(tokensPerDay === null ? [] : [t('clientKeys.perDay', { count: tokensPerDay })]),
    ...(models === null ? [] : [t('clientKeys.models', { names: models.join(', ') })]),
  ];
  if (said.length === 0) return t('clientKeys.unlimited');
  return said.map((text) => (
    <span key={text} className="block">
      {text}
    </span>
  ));
}

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
  const { id, ending, lockedBy, createdAt, lastUsedAt, requests24h, enabled, graceUntil } = clientKey;
  const isDefault = id === defaultKeyId;
  const toggle = async (next: boolean) => {
    await attempt(call('keys.change', { id, enabled: next }));
    await keysChanged();
  };
  const now = useNow();
  const used = (
    <>
      {lastUsedAt === null ? t('clientKeys.never') : format.relative(lastUsedAt, now)}
      <span className="block text-muted">{t('clientKeys.requests24h', { count: requests24h })}</span>
    </>
  );
  const limits = <Limits clientKey={clientKey} now={now} />;
  return (
    <tr className="border-b border-line align-top">
      <th scope="row" className="p-2 text-left font-medium">
        <span className="wrap-anywhere">{name}</span>
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
        <span className="block text-xs font-normal text-muted">
          {createdAt === null ? t('clientKeys.atFirstStart') : t('clientKeys.made', { day: format.day(createdAt) })}
        </span>
        {/* On a phone there is room for one column. */}
        <div className="mt-1 text-xs font-normal sm:hidden">
          <p>
            {t('clientKeys.lastUsed')}: {used}
          </p>
          <div>
            {t('clientKeys.limits')}: {limits}
          </div>
        </div>
      </th>
      <td className="p-2 max-sm:hidden">{used}</td>
      <td className="p-2 max-sm:hidden">{limits}</td>
      <td className="p-2">
        <Switch
          aria-label={t('clientKeys.enableOf', { name })}
          disabled={lockedBy !== null || isDefault}
          checked={enabled}
          onChange={(next) => void toggle(next)}
        />
      </td>
      <td className="p-2 text-right whitespace-nowrap">
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

/** Until when it holds, and how much may be asked with it. */
function Limits({ clientKey, now }: { readonly clientKey: ClientKey; readonly now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { expiresAt, limits } = clientKey;
  const { requestsPerMinute, tokensPerDay, models } = limits;
  const said = [
    ...(expiresAt === null || expiresAt <= now ? [] : [t('clientKeys.until', { time: format.dateTime(expiresAt) })]),
    ...(requestsPerMinute === null ? [] : [t('clientKeys.perMinute', { count: requestsPerMinute })]),
    ...(tokensPerDay === null ? [] : [t('clientKeys.perDay', { count: tokensPerDay })]),
    ...(models === null ? [] : [t('clientKeys.models', { names: models.join(', ') })]),
  ];
  const over = expiresAt !== null && expiresAt <= now;
  return (
    <>
      {over && <span className="block text-danger">{t('clientKeys.expired')}</span>}
      {said.length === 0 && !over && t('clientKeys.unlimited')}
      {said.map((text) => (
        <span key={text} className="block wrap-anywhere">
          {text}
        </span>
      ))}
    </>
  );
}

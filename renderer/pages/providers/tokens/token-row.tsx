import { Lock } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProviderId, usesApiKeys } from '../../../../shared/provider.ts';
import type { Token } from '../../../../shared/token.ts';
import { Switch } from '../../../components/switch.tsx';
import { Tip } from '../../../components/tip.tsx';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import { wordFor } from '../../../lib/providers.ts';
import { RenameField } from './rename-field.tsx';
import { enableTokens, removeTokens, renameToken } from './token-actions.ts';
import { columnWhen, type Sharing, type TokenColumn } from './token-columns.ts';
import { TuneField } from './tune-field.tsx';
import { EndsAt } from './ends-at.tsx';
import { TokenMenu } from './token-menu.tsx';
import { reasonText } from './token-reason.ts';
import { TokenStateChip } from './token-state-chip.tsx';

interface TokenRowProps {
  readonly token: Token;
  readonly provider: ProviderId;
  readonly now: number;
  readonly sharing: Sharing;
  readonly shown: ReadonlySet<TokenColumn>;
  readonly selected: boolean;
  readonly onSelect: (selected: boolean) => void;
  readonly onReveal: () => void;
}

export function TokenRow({ token, provider, now, sharing, shown, selected, onSelect, onReveal }: TokenRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [renaming, setRenaming] = useState(false);
  const row = useRef<HTMLTableRowElement>(null);
  const reason = reasonText(token);
  const cell = 'border-t border-line px-2 py-1.5';
  const endRename = (alias: string | null) => {
    setRenaming(false);
    row.current?.querySelector<HTMLElement>('input[type=checkbox]')?.focus();
    if (alias !== null && alias !== token.alias) void renameToken(provider, token.id, alias);
  };
  return (
    <tr
      ref={row}
      className={cx('align-middle', selected ? 'bg-accent/5' : 'hover:bg-surface')}
      onKeyDown={(event) => {
        if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') return;
        if (event.key === 'F2') setRenaming(true);
        else if (event.key === 'Delete' && !token.external) void removeTokens(provider, [token.id]);
      }}
    >
      <td className="border-t border-line pl-3">
        <input
          type="checkbox"
          className="block size-4"
          aria-label={t('tokens.select', { alias: token.alias, ...wordFor(provider) })}
          aria-keyshortcuts="F2 Delete"
          checked={selected}
          onChange={(event) => onSelect(event.target.checked)}
        />
      </td>
      <th scope="row" className={cx(cell, columnWhen.alias, 'min-w-24 text-left font-normal')}>
        {renaming ? (
          <RenameField alias={token.alias} onEnd={endRename} />
        ) : (
          <span className="font-medium wrap-anywhere">{token.alias}</span>
        )}
        <span className="flex items-center gap-1 text-xs text-muted">
          <span className="code">{token.fingerprint}</span>
          {token.external && (
            <Tip label={t('tokens.externalHint')}>
              <span className="inline-flex items-center gap-0.5 whitespace-nowrap">
                <Lock aria-hidden size={11} />
                {t('tokens.external')}
              </span>
            </Tip>
          )}
        </span>
      </th>
      {!usesApiKeys(provider) && (
        <td className={cx(cell, columnWhen.role, 'whitespace-nowrap')}>
          {t(`tokens.roles.${token.role}`)}
          {token.account !== null && <span className="block text-xs text-muted">{token.account}</span>}
        </td>
      )}
      <td className={cx(cell, columnWhen.state)}>
        <TokenStateChip token={token} now={now} />
      </td>
      <td className={cx(cell, columnWhen.counts)}>
        {format.number(token.ok)} <span className="text-muted">/</span>{' '}
        <span className={token.failed > 0 ? 'text-danger' : 'text-muted'}>{format.number(token.failed)}</span>
      </td>
      <td className={cx(cell, columnWhen.inFlight, token.inFlight === 0 && 'text-muted')}>
        {format.number(token.inFlight)}
        {sharing.most > 0 && <span className="text-muted"> / {format.number(sharing.most)}</span>}
      </td>
      {sharing.tuned !== null && (
        <td className={cx(cell, columnWhen[sharing.tuned])}>
          <TuneField
            token={token}
            what={sharing.tuned}
            label={t(`tokens.tune.${sharing.tuned}`, { alias: token.alias })}
          />
        </td>
      )}
      <td className={cx(cell, columnWhen.lastError)}>
        {reason === null ? (
          <span className="text-muted">–</span>
        ) : (
          <span className="line-clamp-2 leading-4" lang={reason.english ? 'en' : undefined}>
            {reason.text}
          </span>
        )}
      </td>
      {shown.has('endsAt') && (
        <td className={cx(cell, columnWhen.endsAt)}>
          <EndsAt at={token.endsAt} now={now} />
        </td>
      )}
      <td className={cx(cell, columnWhen.lastUsed, 'text-muted')}>
        {token.lastUsedAt === null ? t('tokens.never') : format.relative(token.lastUsedAt, now)}
      </td>
      <td className={cx(cell, columnWhen.enabled)}>
        <Switch
          aria-label={t('tokens.enableOne', { alias: token.alias, ...wordFor(provider) })}
          checked={token.enabled}
          onChange={(enabled) => void enableTokens(provider, [token], enabled)}
        />
      </td>
      <td className="border-t border-line pr-2">
        <TokenMenu token={token} provider={provider} onRename={() => setRenaming(true)} onReveal={onReveal} />
      </td>
    </tr>
  );
}

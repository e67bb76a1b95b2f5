import { ChevronDown, Copy, Terminal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { copyAloud, openAiUrl } from '../../lib/copy-actions.ts';
import { envLines, shellNames, shells } from '../../../shared/env-lines.ts';
import { speaks, useGateway } from '../../lib/gateway-state.ts';
import { CopyButton } from '../copy-button.tsx';
import { Menu, MenuGroup, MenuItem } from '../menu.tsx';
import { Pill } from './pill.tsx';

export function AddressMenu() {
  const { t } = useTranslation();
  const gateway = useGateway();
  const { baseUrl } = gateway;
  const openAi = openAiUrl(baseUrl);
  const copyUrl = async (url: string) => await copyAloud(url, t('copy.urlDone'));
  return (
    <div className="flex min-w-0 items-center">
      <Menu
        trigger={
          <Pill aria-label={t('header.addressMenu', { url: openAi })} className="min-w-0">
            <span className="code truncate max-md:hidden" title={openAi}>
              {openAi}
            </span>
            <span className="code truncate md:hidden" title={openAi}>
              {new URL(baseUrl).host}
            </span>
            <ChevronDown aria-hidden size={14} className="shrink-0 text-muted" />
          </Pill>
        }
      >
        <MenuGroup label={t('header.copyAddress')}>
          <MenuItem icon={Copy} onSelect={() => void copyUrl(openAi)}>
            <span className="w-20">OpenAI</span>
            <span className="code text-muted">{openAi}</span>
          </MenuItem>
          {speaks(gateway, 'anthropic-messages') && (
            <MenuItem icon={Copy} onSelect={() => void copyUrl(baseUrl)}>
              <span className="w-20">Anthropic</span>
              <span className="code text-muted">{baseUrl}</span>
            </MenuItem>
          )}
        </MenuGroup>
        <MenuGroup label={t('header.copyEnv')}>
          {shells.map((shell) => (
            <MenuItem
              key={shell}
              icon={Terminal}
              onSelect={() => void copyAloud(envLines(shell, gateway), t('copy.envDone'))}
            >
              {shellNames[shell]}
            </MenuItem>
          ))}
        </MenuGroup>
      </Menu>
      <CopyButton className="max-sm:hidden" label={t('copy.url')} copy={() => copyUrl(openAi)} />
    </div>
  );
}

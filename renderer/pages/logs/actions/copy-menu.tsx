import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import { Button } from '../../../components/button.tsx';
import { Menu, MenuGroup, MenuItem } from '../../../components/menu.tsx';
import { call } from '../../../lib/backend.ts';
import { copyAloud } from '../../../lib/copy-actions.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { useHotkey } from '../../../lib/hotkeys.ts';
import { isDesktop } from '../../../lib/wire.ts';
import { attempt, complain } from '../../../lib/toasts.ts';
import { asCurl, asNode, asPython, type Repeatable } from '../export/snippets.ts';

const writers = { curl: asCurl, python: asPython, node: asNode } as const;
type Writer = keyof typeof writers;

/** The request as code, and both bodies as they were. The key is a variable unless it is asked for. */
export function CopyMenu({ exchange }: { readonly exchange: Exchange }) {
  const { t } = useTranslation();
  const { baseUrl, keyRequired } = useGateway();
  const [withKey, setWithKey] = useState(false);
  const { id, dialect } = exchange;

  const copy = async (make: (request: Repeatable, answer: string) => string) => {
    const bodies = await attempt(call('exchanges.bodies', { id }));
    if (bodies === null) return;
    if (bodies.captured === null) {
      complain(t('logs.replay.notKept'));
      return;
    }
    // The desktop hands no key to the page; it can be copied there by itself.
    const key = withKey && !isDesktop ? ((await attempt(call('clientKey.copy')))?.value ?? null) : null;
    const { request, response } = bodies.captured;
    const answer = response.text === '' ? JSON.stringify(response.calls) : response.text;
    await copyAloud(make({ baseUrl, dialect, body: request.body, key }, answer), t('logs.copy.done'));
  };
  const copyAs = (writer: Writer) => void copy((request) => writers[writer](request));
  useHotkey({ code: 'KeyC', shift: true }, () => copyAs('curl'));
  const link = `${location.href.split('#')[0]}#/logs/${id}`;

  return (
    <Menu
      trigger={
        <Button size="small">
          <Copy aria-hidden size={14} />
          {t('logs.copy.title')}
        </Button>
      }
    >
      <MenuGroup label={t('logs.copy.asCode')}>
        <MenuItem onSelect={() => copyAs('curl')}>cURL</MenuItem>
        <MenuItem onSelect={() => copyAs('python')}>Python</MenuItem>
        <MenuItem onSelect={() => copyAs('node')}>Node</MenuItem>
        {keyRequired && !isDesktop && (
          <MenuItem {...(withKey && { icon: Check })} onSelect={() => setWithKey(!withKey)}>
            {t(withKey ? 'logs.copy.keyIn' : 'logs.copy.keyOut')}
          </MenuItem>
        )}
      </MenuGroup>
      <MenuGroup label={t('logs.copy.asText')}>
        <MenuItem onSelect={() => void copy(({ body }) => body)}>{t('logs.copy.request')}</MenuItem>
        <MenuItem onSelect={() => void copy((_, answer) => answer)}>{t('logs.copy.response')}</MenuItem>
        <MenuItem onSelect={() => void copyAloud(link, t('logs.copy.done'))}>{t('logs.copy.link')}</MenuItem>
        <MenuItem onSelect={() => void copyAloud(id, t('logs.idCopied'))}>{t('logs.copyId')}</MenuItem>
      </MenuGroup>
    </Menu>
  );
}

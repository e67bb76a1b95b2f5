import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../lib/cx.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import type { Command } from './command.ts';
import { type FoundGroup, useFound } from './use-found.ts';

function Line({ command, onRun }: { readonly command: Command; readonly onRun: (command: Command) => void }) {
  const { icon: Icon, label, note, barred } = command;
  return (
    <Autocomplete.Item
      value={command}
      disabled={barred !== undefined}
      onClick={() => onRun(command)}
      className={cx(
        'flex min-h-8 cursor-default items-center gap-2 rounded-control px-2 py-1 outline-none data-highlighted:bg-hover',
        barred !== undefined && 'text-muted',
      )}
    >
      <Icon aria-hidden size={15} className="shrink-0 text-muted" />
      <span className="min-w-0 wrap-anywhere">{label}</span>
      <span className="ml-auto min-w-0 pl-2 text-right text-xs text-muted">{barred ?? note}</span>
    </Autocomplete.Item>
  );
}

interface PaletteProps {
  readonly onClose: () => void;
  readonly onClearLogs: () => void;
}

/** Everything by its name. Comes with its own code, since few need it at once. */
export default function Palette({ onClose, onClearLogs }: PaletteProps) {
  const { t } = useTranslation();
  const { providers } = useGateway();
  const [typed, setTyped] = useState('');
  const found = useFound(typed, providers, onClearLogs);
  const run = (command: Command) => {
    onClose();
    command.run();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(15_17_21/0.45)]" />
        <Dialog.Popup
          aria-label={t('palette.title')}
          className="fixed top-[10vh] left-1/2 z-50 flex max-h-[70vh] w-[36rem] max-w-[calc(100vw-1rem)] -translate-x-1/2 flex-col overflow-hidden rounded-dialog border border-line bg-raised shadow-float outline-none"
        >
          <Autocomplete.Root<FoundGroup>
            open
            inline
            mode="none"
            autoHighlight="always"
            keepHighlight
            items={found.map(({ group, commands }) => ({ group, commands, items: commands }))}
            value={typed}
            onValueChange={(value, { reason }) => {
              // Choosing a line runs it, and writes nothing.
              if (reason !== 'item-press') setTyped(value);
            }}
          >
            <Autocomplete.InputGroup className="flex shrink-0 items-center gap-2 border-b border-line px-3">
              <Search aria-hidden size={16} className="shrink-0 text-muted" />
              <Autocomplete.Input
                aria-label={t('palette.search')}
                placeholder={t('palette.search')}
                spellCheck={false}
                className="h-11 w-full min-w-0 truncate bg-transparent text-base outline-none"
              />
            </Autocomplete.InputGroup>
            <Dialog.Close className="sr-only">{t('common.close')}</Dialog.Close>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
            <div tabIndex={0} className="min-h-0 overflow-y-auto p-2">
              <Autocomplete.Empty>
                {found.length === 0 && <p className="p-4 text-center text-muted">{t('palette.none')}</p>}
              </Autocomplete.Empty>
              <Autocomplete.List>
                {({ group, commands }: FoundGroup) => (
                  <Autocomplete.Group key={group} items={commands}>
                    <Autocomplete.GroupLabel className="px-2 py-1 text-xs text-muted">
                      {t(`palette.groups.${group}`)}
                    </Autocomplete.GroupLabel>
                    {commands.map((command) => (
                      <Line key={command.id} command={command} onRun={run} />
                    ))}
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </div>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

import { useTranslation } from 'react-i18next';
import { comboLabel } from '../../lib/hotkeys.ts';

/** What can be done with the keyboard. */
export function Keyboard() {
  const { t } = useTranslation();
  const shortcuts = [
    [`${comboLabel('1', { browserOwned: true })} … 6`, '1 … 6', t('settings.keyboard.pages')],
    [comboLabel('K'), '', t('palette.title')],
    [comboLabel(','), '', t('settings.keyboard.settings')],
    [comboLabel('F'), '/', t('settings.keyboard.search')],
    [comboLabel('/'), '?', t('settings.keyboard.list')],
    ['F1', '', t('settings.keyboard.help')],
    [comboLabel('U', { shift: true }), '', t('settings.keyboard.url')],
    [comboLabel('K', { shift: true }), '', t('settings.keyboard.key')],
    [comboLabel('L', { shift: true }), '', t('settings.keyboard.theme')],
    ['Esc', '', t('settings.keyboard.escape')],
  ] as const;
  return (
    <table className="w-full max-w-xl text-left">
      <thead>
        <tr className="border-b border-line text-muted">
          <th className="p-2 font-normal">{t('settings.keyboard.keys')}</th>
          <th className="p-2 font-normal">{t('settings.keyboard.alone')}</th>
          <th className="p-2 font-normal">{t('settings.keyboard.action')}</th>
        </tr>
      </thead>
      <tbody>
        {shortcuts.map(([keys, alone, action]) => (
          <tr key={keys} className="border-b border-line">
            <td className="p-2 whitespace-nowrap">
              <kbd>{keys}</kbd>
            </td>
            <td className="p-2 whitespace-nowrap">{alone !== '' && <kbd>{alone}</kbd>}</td>
            <td className="p-2">{action}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

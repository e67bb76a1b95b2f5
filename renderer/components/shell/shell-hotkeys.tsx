import { useNavigate } from '@tanstack/react-router';
import { isDark, setAppearance } from '../../lib/appearance.ts';
import { copyBaseUrlAloud, copyKeyAloud } from '../../lib/copy-actions.ts';
import { openHelp } from '../../lib/help.ts';
import { useHotkey } from '../../lib/hotkeys.ts';
import { attempt } from '../../lib/toasts.ts';
import { pageLinks } from './pages.ts';
import { PaletteHost } from './palette/palette-host.tsx';
import { useFixed } from './use-fixed.ts';

function PageHotkey({ digit, to }: { readonly digit: number; readonly to: (typeof pageLinks)[number]['to'] }) {
  const navigate = useNavigate();
  useHotkey({ code: `Digit${digit}`, browserOwned: true, single: String(digit) }, () => void navigate({ to }));
  return null;
}

export function ShellHotkeys() {
  const fixedTheme = useFixed('ui.theme');
  const navigate = useNavigate();
  useHotkey({ code: 'Comma' }, () => void navigate({ to: '/settings' }));
  useHotkey({ code: 'Slash', single: '?' }, () => {
    void navigate({ to: '/settings/$section', params: { section: 'keyboard' } });
  });
  useHotkey({ code: 'F1' }, openHelp);
  useHotkey({ code: 'KeyU', shift: true }, () => void copyBaseUrlAloud());
  useHotkey({ code: 'KeyK', shift: true }, () => void copyKeyAloud());
  useHotkey({ code: 'KeyL', shift: true }, () => {
    if (fixedTheme === null) void attempt(setAppearance({ theme: isDark() ? 'light' : 'dark' }));
  });
  return (
    <>
      <PaletteHost />
      {pageLinks.map(({ id, to }, index) => (
        <PageHotkey key={id} digit={index + 1} to={to} />
      ))}
    </>
  );
}

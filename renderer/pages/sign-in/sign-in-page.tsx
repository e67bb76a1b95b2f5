import { LockOpen } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../components/banner.tsx';
import { LanguageMenu } from '../../components/shell/language-menu.tsx';
import { ThemeMenu } from '../../components/shell/theme-menu.tsx';
import { isPlainConnection } from '../../lib/plain-connection.ts';
import { signIn, takeCodeFromAddress } from '../../lib/session.ts';
import { SignInForm } from './sign-in-form.tsx';

/** A link opened in the tab that is already here changes nothing but the part after `#`. */
function useLinkInAddress() {
  useEffect(() => {
    const onHashChange = () => {
      const code = takeCodeFromAddress();
      if (code !== null) void signIn({ code });
    };
    window.addEventListener('hashchange', onHashChange);
    return () => window.removeEventListener('hashchange', onHashChange);
  }, []);
}

export function SignInPage() {
  const { t } = useTranslation();
  useLinkInAddress();
  useEffect(() => {
    document.title = `${t('signIn.title')} – Traygate`;
  }, [t]);
  return (
    <div className="flex h-full flex-col overflow-y-auto bg-surface">
      <div className="flex justify-end gap-1 p-2">
        <LanguageMenu />
        <ThemeMenu />
      </div>
      <main className="mx-auto mt-[8vh] w-96 max-w-[calc(100vw-2rem)] rounded-dialog border border-line bg-raised p-6">
        <div className="flex items-center gap-3">
          <img src="./icon.svg" alt="" className="size-8" />
          <h1 className="text-xl font-semibold">{t('signIn.title')}</h1>
        </div>
        <p className="mt-3 text-muted">{t('signIn.intro')}</p>
        {isPlainConnection(window.location) && (
          <Banner tone="warning" icon={LockOpen} className="mt-3">
            {t('signIn.plain')}
          </Banner>
        )}
        <SignInForm />
      </main>
    </div>
  );
}

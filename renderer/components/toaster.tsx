import { Toast } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../lib/cx.ts';
import { type ToastData, toasts } from '../lib/toasts.ts';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

const icons = { success: CircleCheck, danger: CircleAlert, neutral: CircleCheck } as const;
const colours = { success: 'text-success', danger: 'text-danger', neutral: 'text-muted' } as const;

function ToastList() {
  const { t } = useTranslation();
  const { toasts: shown } = Toast.useToastManager<ToastData>();
  return shown.map((toast) => {
    const tone = toast.data?.tone ?? 'neutral';
    const Icon = icons[tone];
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        // An urgent one is announced apart and hidden here, but its buttons must stay within reach.
        aria-hidden={false}
        swipeDirection={[]}
        className="w-full rounded-card border border-line bg-raised shadow-float transition-opacity data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0"
      >
        <Toast.Content className="flex items-start gap-2 p-2 pl-3">
          <Icon aria-hidden size={16} className={cx('mt-1.5 shrink-0', colours[tone])} />
          <div className="min-w-0 flex-1 py-1">
            <Toast.Title className="wrap-break-word" />
            <Toast.Description className="mt-0.5 text-xs wrap-break-word text-muted" lang="en" />
          </div>
          {toast.actionProps !== undefined && <Toast.Action render={<Button size="small" />} />}
          {/* Base UI hides it from screen readers while the stack is folded, although the keyboard reaches it. */}
          <Toast.Close aria-hidden={false} render={<IconButton icon={X} label={t('common.dismiss')} />} />
        </Toast.Content>
      </Toast.Root>
    );
  });
}

export function Toaster() {
  const { t } = useTranslation();
  return (
    <Toast.Provider toastManager={toasts} timeout={6000} limit={3}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={t('common.notifications')}
          className="fixed bottom-4 left-4 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2 max-sm:bottom-20 sm:left-18 lg:left-56"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

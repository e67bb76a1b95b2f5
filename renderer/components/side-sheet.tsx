import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './icon-button.tsx';

interface SideSheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly footer: ReactNode;
  readonly children: ReactNode;
}

/** Beside the page, not over it: the page stays readable and usable. */
export function SideSheet({ open, onClose, title, initialFocus, footer, children }: SideSheetProps) {
  const { t } = useTranslation();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()} modal={false} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Popup
          {...(initialFocus === undefined ? {} : { initialFocus })}
          className="fixed inset-y-0 right-0 z-30 flex w-[30rem] max-w-full flex-col border-l border-line bg-raised shadow-float outline-none"
        >
          <div className="flex h-11 shrink-0 items-center justify-between border-b border-line px-4">
            <Dialog.Title className="text-base font-semibold">{title}</Dialog.Title>
            <Dialog.Close render={<IconButton icon={X} label={t('common.close')} />} />
          </div>
          <div className="flex-1 overflow-y-auto p-4">{children}</div>
          <div className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line p-4">{footer}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './icon-button.tsx';

const tickMs = 1500;

interface CopyButtonProps {
  readonly label: string;
  /** Resolves to whether it is on the clipboard. */
  readonly copy: () => Promise<boolean>;
  readonly className?: string;
}

export function CopyButton({ label, copy, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), tickMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      icon={copied ? Check : Copy}
      label={label}
      className={className}
      onClick={() => void copy().then(setCopied)}
    />
  );
}

import { CopyButton } from '../../components/copy-button.tsx';

interface CodeBlockProps {
  readonly title: string;
  readonly text: string;
  readonly copyLabel: string;
  readonly copy: () => Promise<boolean>;
}

/** Text to take along; the key in it is masked. */
export function CodeBlock({ title, text, copyLabel, copy }: CodeBlockProps) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex items-end justify-between text-xs text-muted">
        {title}
        <CopyButton label={copyLabel} copy={copy} />
      </figcaption>
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="code max-h-64 overflow-auto rounded-control border border-line bg-bg p-3 leading-normal wrap-anywhere whitespace-pre-wrap"
      >
        {text}
      </pre>
    </figure>
  );
}

/** More than a page of text, to be read and copied. */
export function LongText({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <textarea
      readOnly
      aria-label={label}
      value={text}
      rows={16}
      className="code w-full rounded-control border border-control bg-surface p-2 text-xs"
    />
  );
}

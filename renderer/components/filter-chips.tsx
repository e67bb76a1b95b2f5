interface FilterChipsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly count?: number }[];
  readonly onChange: (value: T) => void;
}

/** Real toggle buttons; one is always on. */
export function FilterChips<T extends string>({ label, value, options, onChange }: FilterChipsProps<T>) {
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-1">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className="inline-flex h-7 items-center gap-1.5 rounded-full border border-line px-3 whitespace-nowrap text-muted transition-colors hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent/10 aria-pressed:font-medium aria-pressed:text-accent"
        >
          {option.label}
          {option.count !== undefined && option.count > 0 && <span className="text-xs">{option.count}</span>}
        </button>
      ))}
    </fieldset>
  );
}

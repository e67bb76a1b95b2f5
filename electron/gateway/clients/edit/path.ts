/** One step into a document: a key, or the item of a list whose key `by` holds `is`. */
export type Step = string | { readonly by: string; readonly is: string };
export type Path = readonly Step[];

export type Value = string | number | boolean | readonly string[];

export const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function child(value: unknown, step: Step): unknown {
  if (typeof step === 'string') return isTable(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return Array.isArray(value) ? value.find((item) => isTable(item) && item[step.by] === step.is) : undefined;
}

/** What a document holds at a path; undefined where there is nothing. */
export const read = (document: unknown, path: Path): unknown => path.reduce<unknown>(child, document);

/** A document with another value at a path; what is missing on the way is made. Undefined takes the value out. */
export function write(document: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const inner = rest.length === 0 ? value : write(child(document, step), rest, value);
  if (typeof step === 'string') {
    const others = Object.fromEntries(
      Object.entries(isTable(document) ? document : {}).filter(([key]) => key !== step),
    );
    return inner === undefined ? others : { ...others, [step]: inner };
  }
  const items: unknown[] = Array.isArray(document) ? document : [];
  const at = items.findIndex((item) => isTable(item) && item[step.by] === step.is);
  const item = isTable(inner) ? { [step.by]: step.is, ...inner } : inner;
  if (at === -1) return item === undefined ? items : [...items, item];
  return item === undefined ? items.toSpliced(at, 1) : items.with(at, item);
}

/** A value as it has to be made below an existing container, from the steps that are missing. */
export function nested(path: Path, value: Value): unknown {
  return write(undefined, path, value);
}

/** How a path is shown to people: `env.ANTHROPIC_MODEL`, `models[Traygate].apiBase`. */
export const showPath = (path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'string' ? (text ? `${text}.${step}` : step) : `${text}[${step.is}]`),
    '',
  );

import { redactedMark } from '../../../../../shared/capture.ts';

/** Secrets among them were masked before they were kept. */
export function Headers({ headers }: { readonly headers: readonly (readonly [string, string])[] }) {
  return (
    <dl className="code grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5">
      {headers.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className={value === redactedMark ? 'text-warning' : 'wrap-anywhere'}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

import type { ReactNode } from 'react';

interface DataTableProps {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly key: string | number; readonly cells: readonly ReactNode[] }[];
  readonly empty: string;
}

/** A chart in numbers; the first column names the row. */
export function DataTable({ caption, head, rows, empty }: DataTableProps) {
  if (rows.length === 0) return <p className="flex h-40 items-center justify-center text-muted">{empty}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="max-h-64 min-h-40 overflow-auto">
      <table className="w-full text-xs">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-bg">
          <tr>
            {head.map((name, at) => (
              <th
                key={name}
                scope="col"
                className={`h-7 px-2 font-normal whitespace-nowrap text-muted ${at === 0 ? 'text-left' : 'text-right'}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...values] }) => (
            <tr key={key} className="border-t border-line">
              <th scope="row" className="h-7 px-2 text-left font-normal whitespace-nowrap">
                {name}
              </th>
              {values.map((value, at) => (
                <td key={head[at + 1]} className="h-7 px-2 text-right">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

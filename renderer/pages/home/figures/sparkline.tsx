const width = 100;
const height = 24;
const mostPoints = 48;

/** Several steps as one, the highest of them; null where there is nothing. */
function thinned(values: readonly (number | null)[]): (number | null)[] {
  const each = Math.ceil(values.length / mostPoints);
  return Array.from({ length: Math.ceil(values.length / each) }, (_, at) =>
    values
      .slice(at * each, (at + 1) * each)
      .reduce<number | null>((most, value) => (value === null ? most : Math.max(most ?? 0, value)), null),
  );
}

/** The course of a figure, without numbers: those are in the charts. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }) {
  const points = thinned(values);
  const top = Math.max(...points.map((value) => value ?? 0), 0);
  const place = (value: number, at: number) =>
    `${((at / Math.max(1, points.length - 1)) * width).toFixed(1)},${(height - 1.5 - (value / (top || 1)) * (height - 3)).toFixed(1)}`;
  const line = points.flatMap((value, at) => (value === null ? [] : [place(value, at)]));
  return (
    <svg aria-hidden viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" className="keep-fill h-6 w-full">
      {top === 0 || line.length < 2 ? (
        <line x1="0" x2={width} y1={height - 1.5} y2={height - 1.5} stroke="var(--color-line)" strokeWidth="1.5" />
      ) : (
        <polyline
          points={line.join(' ')}
          fill="none"
          stroke="var(--color-accent)"
          strokeWidth="1.5"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}

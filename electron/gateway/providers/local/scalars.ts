import type { Schema } from './schema.ts';

const formats: Readonly<Record<string, string>> = {
  'date-time': '2025-01-31T12:00:00Z',
  date: '2025-01-31',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'ada@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
};

const longest = 100_000;

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A string of the wanted format and length; undefined when there is none. */
export function sampleString(schema: Schema): string | undefined {
  const least = number(schema['minLength']) ?? 0;
  const most = number(schema['maxLength']) ?? longest;
  if (least > most || least > longest) return undefined;
  const { format } = schema;
  const known = typeof format === 'string' ? formats[format] : undefined;
  return known ?? 'text'.padEnd(least, 'x').slice(0, most);
}

/** Bounds that do not count themselves move inwards by one for whole numbers. */
function wholeRange(schema: Schema): [number, number] {
  const above = number(schema['exclusiveMinimum']);
  const below = number(schema['exclusiveMaximum']);
  return [
    Math.max(
      Math.ceil(number(schema['minimum']) ?? -Infinity),
      above === undefined ? -Infinity : Math.floor(above) + 1,
    ),
    Math.min(Math.floor(number(schema['maximum']) ?? Infinity), below === undefined ? Infinity : Math.ceil(below) - 1),
  ];
}

/** A number in range, whole if one fits; undefined when there is none. */
export function sampleNumber(schema: Schema, whole: boolean): number | undefined {
  const step = number(schema['multipleOf']);
  const [low, high] = wholeRange(schema);
  const start = Math.min(Math.max(1, low), high);
  if (step === undefined || step <= 0) return start >= low ? start : whole ? undefined : fraction(schema);
  // Among multiples of the step: the first one from the start upwards, or the last one below the upper end.
  const up = Math.ceil(start / step) * step;
  const multiple = up <= high ? up : Math.floor(high / step) * step;
  return multiple >= low && (!whole || Number.isInteger(multiple)) ? multiple : undefined;
}

/** The middle of a range too narrow for a whole number. */
function fraction(schema: Schema): number | undefined {
  const low = Math.max(number(schema['minimum']) ?? -Infinity, number(schema['exclusiveMinimum']) ?? -Infinity);
  const high = Math.min(number(schema['maximum']) ?? Infinity, number(schema['exclusiveMaximum']) ?? Infinity);
  return low <= high ? (low + high) / 2 : undefined;
}

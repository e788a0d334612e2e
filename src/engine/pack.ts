const COLUMNS = { Uint8Array, Uint32Array, Float64Array, Int32Array } as const;
type ColumnName = keyof typeof COLUMNS;
interface Packed {
  readonly column: ColumnName;
  /** The first value, then what each is more than the one before it: numbers that repeat, which compress. */
  readonly steps: readonly number[];
}

/** Plain data as JSON can hold it: columns of whole numbers become `{ column, steps }`. */
export function pack(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const column = value.constructor.name as ColumnName;
    if (!Object.hasOwn(COLUMNS, column)) throw new Error(`No column of ${column}`);
    const values = [...(value as Uint8Array)];
    return { column, steps: values.map((one, k) => one - (values[k - 1] ?? 0)) } satisfies Packed;
  }
  return mapped(value, pack);
}

/** What `pack` was given. */
export function revive(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'column' in value) {
    const { column, steps } = value as Packed;
    let sum = 0;
    return COLUMNS[column].from(
      steps.map((step) => {
        sum += step;
        return sum;
      }),
    );
  }
  return mapped(value, revive);
}

function mapped(value: unknown, each: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(each);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, each(inner)]));
}

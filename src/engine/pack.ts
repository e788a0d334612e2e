const COLUMNS = { Uint8Array, Uint32Array, Float64Array, Int32Array } as const;
type ColumnName = keyof typeof COLUMNS;
interface Packed {
  readonly column: ColumnName;
  readonly values: readonly number[];
}

/** Plain data as JSON can hold it: columns become `{ column, values }`. */
export function pack(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const column = value.constructor.name as ColumnName;
    if (!Object.hasOwn(COLUMNS, column)) throw new Error(`No column of ${column}`);
    return { column, values: [...(value as Uint8Array)] } satisfies Packed;
  }
  return mapped(value, pack);
}

/** What `pack` was given. */
export function revive(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'column' in value) {
    const { column, values } = value as Packed;
    return COLUMNS[column].from(values);
  }
  return mapped(value, revive);
}

function mapped(value: unknown, each: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(each);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, each(inner)]));
}

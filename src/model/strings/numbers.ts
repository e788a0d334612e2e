/** Digits in groups of three, parted by a thin space that does not break: `19 633`. */
export function grouped(value: number): string {
  const digits = String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return value < 0 ? `−${digits}` : digits;
}

/** An amount of something: `1 page`, `2 087 holes`. */
export const count = (amount: number, one: string, many: string) => `${grouped(amount)} ${amount === 1 ? one : many}`;

/** Memory in the unit that reads best: `40 B`, `3.0 KiB`, `2.76 MiB`. */
export function memory(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const unit = bytes < 1024 ** 2 ? 'KiB' : bytes < 1024 ** 3 ? 'MiB' : 'GiB';
  const amount = bytes / (unit === 'KiB' ? 1024 : unit === 'MiB' ? 1024 ** 2 : 1024 ** 3);
  return `${amount.toFixed(amount < 10 ? 2 : amount < 100 ? 1 : 0)} ${unit}`;
}

/** The same without zeros behind the point, for sizes that are round: `1 KiB`. */
export const roundMemory = (bytes: number) => memory(bytes).replace(/\.0+(?= )/, '');

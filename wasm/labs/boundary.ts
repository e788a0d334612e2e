// The module of the lab about crossing between JavaScript and Wasm: a payload in linear memory, and every way to get at
// it from outside that needs the module's help. The payload has one fixed place, so that addresses are the same each run.
//
//   65,536 ..   payload, up to 16 MiB
//   behind it   text: room for the payload written as JSON

const PAGE: usize = 65536;
const PAYLOAD: usize = PAGE;

/** Makes room for a payload and its text; false when memory cannot grow that far. */
export function reserve(bytes: u32, textBytes: u32): bool {
  const end = PAYLOAD + bytes + textBytes;
  const wanted = <i32>((end + PAGE - 1) / PAGE);
  const missing = wanted - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}

/** Address of the payload. */
export function payload(): usize {
  return PAYLOAD;
}

/** Reads n bytes where they lie. */
export function sumBytes(p: usize, n: u32): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 0; i < n; i++) sum += load<u8>(p + i);
  return sum;
}

/** Reads n numbers of 8 bytes where they lie. */
export function sumNumbers(p: usize, n: u32): f64 {
  let sum: f64 = 0;
  for (let i: u32 = 0; i < n; i++) sum += load<f64>(p + ((<usize>i) << 3));
  return sum;
}

/** Reads n words of 4 bytes where they lie: the fields of records. */
export function sumWords(p: usize, n: u32): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 0; i < n; i++) sum += load<u32>(p + ((<usize>i) << 2));
  return sum;
}

// One call a value.

export function loadByte(p: usize): u32 {
  return load<u8>(p);
}

export function storeByte(p: usize, value: u32): void {
  store<u8>(p, value);
}

export function loadNumber(p: usize): f64 {
  return load<f64>(p);
}

export function storeNumber(p: usize, value: f64): void {
  store<f64>(p, value);
}

export function loadWord(p: usize): u32 {
  return load<u32>(p);
}

export function storeWord(p: usize, value: u32): void {
  store<u32>(p, value);
}

// State that stays inside: fed once, asked at any time.

let kept: f64 = 0;

export function keep(sum: f64): void {
  kept = sum;
}

export function ask(): f64 {
  return kept;
}

// JSON that came in as text: parsed here, since text alone is not yet the values.

/** Reads every number in n bytes of JSON and stores them as `width` bytes each (1, 4 or 8) from `to` on; returns how many. */
export function parseNumbers(p: usize, n: u32, to: usize, width: u32): u32 {
  let count: u32 = 0;
  let value: f64 = 0;
  let inside = false;
  let quoted = false;
  for (let i: u32 = 0; i <= n; i++) {
    const c = i < n ? load<u8>(p + i) : 44;
    if (c == 34) quoted = !quoted;
    if (!quoted && c >= 48 && c <= 57) {
      value = value * 10 + (c - 48);
      inside = true;
    } else if (inside) {
      const at = to + <usize>(count * width);
      if (width == 1) store<u8>(at, <u32>value);
      else if (width == 4) store<u32>(at, <u32>value);
      else store<f64>(at, value);
      count++;
      value = 0;
      inside = false;
    }
  }
  return count;
}

/** A JSON string without escapes: moves what lies between its quotes to `to`; returns the length. */
export function parseString(p: usize, n: u32, to: usize): u32 {
  memory.copy(to, p + 1, n - 2);
  return n - 2;
}

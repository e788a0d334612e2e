/** What `wasm/labs/boundary.ts` exports. Addresses come as signed words, all below 2 GiB here. */
export interface Exports {
  readonly memory: WebAssembly.Memory;
  reserve(bytes: number, textBytes: number): number;
  payload(): number;
  sumBytes(p: number, n: number): number;
  sumNumbers(p: number, n: number): number;
  sumWords(p: number, n: number): number;
  loadByte(p: number): number;
  storeByte(p: number, value: number): void;
  loadNumber(p: number): number;
  storeNumber(p: number, value: number): void;
  loadWord(p: number): number;
  storeWord(p: number, value: number): void;
  keep(sum: number): void;
  ask(): number;
  parseNumbers(p: number, n: number, to: number, width: number): number;
  parseString(p: number, n: number, to: number): number;
}

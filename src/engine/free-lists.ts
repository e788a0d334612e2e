import { type FreeLists, LISTED_HOLES } from '../model/inspection.ts';
import { countUpTo } from '../model/lane-series.ts';
import type { HeapReading } from './reader.ts';

/** Adds up every free list and takes the first holes of each. Sizes are looked up by address: some 100 ns a hole. */
export function freeLists({ listNumber, listAddress, holeAddress, holeBytes }: HeapReading): FreeLists {
  const number: number[] = [];
  const holes: number[] = [];
  const bytes: number[] = [];
  const of: number[] = [];
  const address: number[] = [];
  const size: number[] = [];
  for (let k = 0; k < listNumber.length; k++) {
    if (k === 0 || listNumber[k] !== listNumber[k - 1]) {
      number.push(listNumber[k]!);
      holes.push(0);
      bytes.push(0);
    }
    const list = number.length - 1;
    const hole = countUpTo(holeAddress, listAddress[k]!) - 1;
    // A list of a broken heap may lead to what is no hole.
    const usable = holeAddress[hole] === listAddress[k] ? holeBytes[hole]! : 0;
    holes[list]!++;
    bytes[list]! += usable;
    if (holes[list]! > LISTED_HOLES) continue;
    of.push(list);
    address.push(listAddress[k]!);
    size.push(usable);
  }
  return {
    number: Uint16Array.from(number),
    holes: Uint32Array.from(holes),
    bytes: Float64Array.from(bytes),
    of: Uint16Array.from(of),
    address: Uint32Array.from(address),
    size: Uint32Array.from(size),
  };
}

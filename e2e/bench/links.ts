import { zlibSync } from 'fflate';
import { toBase64Url } from '../../src/state/link/base64url.ts';
import { crcOfText } from '../../src/state/link/checksums.ts';
import { DICTIONARY_1 } from '../../src/state/link/dictionary-1.ts';
import { readLink } from '../../src/state/link/hash.ts';

const ROUNDS = 15;

/** Milliseconds that it takes to refuse a link of 100 MB of one letter: the first time, and the median of some more. */
export function refuseBomb() {
  const letters = new Uint8Array(100_000_000).fill(97);
  const dictionary = new TextEncoder().encode(DICTIONARY_1);
  const body = `1.${toBase64Url(zlibSync(letters, { level: 9, dictionary }))}`;
  const hash = `#${body}&c=${crcOfText(body)}`;
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    const result = readLink(hash, () => true);
    times.push(performance.now() - start);
    if (result.kind !== 'damaged' || result.why !== 'script') throw new Error(`The bomb was read as ${result.kind}.`);
  }
  const [first, ...more] = times;
  return { first: first!, median: more.sort((a, b) => a - b)[ROUNDS >> 1]!, rounds: ROUNDS };
}

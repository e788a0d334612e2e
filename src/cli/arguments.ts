import { LANE_NAMES, laneName, parseLaneName } from '../model/lanes.ts';
import type { MemorySettings } from '../model/scenario.ts';
import { cliStrings as say } from '../model/strings/cli.ts';
import { MAX_PAGES } from '../model/units.ts';

export interface ReplayArguments {
  readonly file: string;
  /** Canonical lane names, in the order asked for. */
  readonly lanes: readonly string[];
  readonly memory: MemorySettings;
  readonly output: 'table' | 'addresses' | 'json';
}

/** Thrown for input that cannot be run; the message goes to standard error and the exit code is 2. */
export class BadInput extends Error {}

const SMALLEST_BASE = 2048;
/** The heap begins inside of 32-bit memory, one granule before its end at the latest. */
const LARGEST_BASE = 2 ** 32 - 16;

function wholeNumber(option: string, text: string, from: number, to: number): number {
  if (!/^(0|[1-9]\d*|0x[\da-f]+)$/i.test(text)) throw new BadInput(say.notANumber(option, text));
  const value = Number(text);
  if (value < from || value > to) throw new BadInput(say.outOfRange(option, value, from, to));
  return value;
}

function readLanes(list: string): string[] {
  const names: string[] = [];
  for (const word of list.split(',')) {
    const lane = parseLaneName(word.trim());
    if (lane === null) throw new BadInput(say.unknownAllocator(word.trim()));
    const name = laneName(lane);
    if (names.includes(name)) throw new BadInput(say.twice(name));
    names.push(name);
  }
  return names;
}

/** Reads the words after `replay`; `--option value` and `--option=value` are the same. Throws BadInput. */
export function readArguments(words: readonly string[]): ReplayArguments {
  let file: string | null = null;
  let lanes: readonly string[] = LANE_NAMES;
  let addresses = false;
  let json = false;
  const memory: { base?: number; initial?: number; max?: number } = {};
  for (let k = 0; k < words.length; k++) {
    const word = words[k]!;
    if (!word.startsWith('--')) {
      if (file !== null) throw new BadInput(say.twoFiles(file, word));
      file = word;
      continue;
    }
    const equals = word.indexOf('=');
    const option = equals < 0 ? word : word.slice(0, equals);
    const value = () => {
      const text = equals < 0 ? words[++k] : word.slice(equals + 1);
      if (text === undefined || text === '') throw new BadInput(say.noValue(option));
      return text;
    };
    switch (option) {
      case '--allocator':
        lanes = readLanes(value());
        break;
      case '--base':
        memory.base = wholeNumber(option, value(), SMALLEST_BASE, LARGEST_BASE);
        if (memory.base % 16 !== 0) throw new BadInput(say.badBase(memory.base));
        break;
      case '--initial':
        memory.initial = wholeNumber(option, value(), 1, MAX_PAGES);
        break;
      case '--max':
        memory.max = wholeNumber(option, value(), 1, MAX_PAGES);
        break;
      case '--addresses':
        addresses = true;
        break;
      case '--json':
        json = true;
        break;
      default:
        throw new BadInput(say.unknownOption(option));
    }
  }
  if (file === null) throw new BadInput(say.noFile);
  if (addresses && json) throw new BadInput(say.addressesOrJson);
  if (addresses && lanes.length !== 1) throw new BadInput(say.addressesOfOne);
  return { file, lanes, memory, output: addresses ? 'addresses' : json ? 'json' : 'table' };
}

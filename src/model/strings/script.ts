/** Every sentence of the scenario language: its messages (E, W, S, F), the labels of its fixes, what completion says. */

const word = (text: string) => `\`${text}\``;
const meant = (nearest: string | null) => (nearest === null ? '' : ` Did you mean ${word(nearest)}?`);
const grouped = (value: number) => value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
const ordinalOf = (value: number) => `operation ${grouped(value)}`;

/** What a name is, as a message says it. */
export const NAME_KINDS = { block: 'a block', group: 'a group', number: 'a number', arena: 'an arena' } as const;
type Kind = keyof typeof NAME_KINDS;

export const scriptStrings = {
  fix: {
    write: (text: string) => `Write ${word(text)}`,
    insert: (text: string) => `Insert ${word(text)}`,
    remove: (text: string) => `Remove ${word(text)}`,
    separate: 'Put it on its own line',
    straightQuotes: 'Use straight quotes',
    shorten: 'Shorten it',
    declareArena: (name: string) => `Add ${word(`arena ${name}`)} at the top`,
    moveToTop: 'Move it to the top',
  },
  syntax: {
    unexpected: (token: string) => `I did not expect ${word(token)} here.`,
    unexpectedEnd: 'I did not expect the end of the line here.',
    unknownWord: (text: string, nearest: string | null) =>
      `${word(text)} is not a word of the language.${meant(nearest)}`,
    howManyBytes: 'How many bytes? For example `alloc 64`.',
    startWithLet: 'To name a number, start with `let`.',
    neverClosed: (line: number) => `The \`{\` on line ${line} is never closed.`,
    closesNothing: 'This `}` closes nothing.',
    leadingZero: (text: string) => `${word(text)}: a number does not start with 0.`,
    sizeGlued: (text: string) => `${word(text)}: a unit stands apart from its number.`,
    pointInNumber: (text: string) => `${word(text)}: numbers are whole.`,
    exponent: (text: string) => `${word(text)}: write the digits out.`,
    commaInNumber: (text: string) => `${word(text)}: digits are grouped with \`_\`.`,
    badNumber: (text: string) => `${word(text)} is not a number.`,
    numberTooLarge: (text: string) => `${word(text)} is too large; numbers go to 9,007,199,254,740,991.`,
    tooManyPlaces: (text: string) =>
      `${word(text)} has more digits after the point than count; a millionth is the end.`,
    binaryUnits: 'Sizes count in 1,024s here; write KiB, MiB or GiB.',
    remainder: '`%` means percent. The remainder is `mod`.',
    compareEqual: 'To compare, write `==`.',
    straightText: 'A text stands between straight double quotes on one line.',
    backslash: 'In a text a backslash stands before `"` or another backslash only.',
    hiddenSign: (code: string) => `A text cannot hold ${code}: nobody would see it.`,
    commentSign: 'A comment starts with `#`.',
    smallWords: 'Words of the language are small.',
    colons: 'Slices with colons are not used here.',
    lifetimeElsewhere: 'A lifetime stands on the line of its block: `alloc … free after 1..60`.',
    ofMissing: '`of` is missing before the group.',
    ofMissingChoices: '`of` is missing before the choices.',
    toMissing: '`to` is missing before the new size.',
    ordinalMissing: (text: string) => `Which ones? Write ${word(text)}.`,
    newStatement: (text: string) => `A new statement starts with ${word(text)}: put it on its own line.`,
    wordOperators: 'Write `and`, `or`, `not`.',
    noMeaning: (code: string) => `${code} has no meaning outside of texts.`,
    reservedName: (text: string) => `${word(text)} is a word of the language.`,
    nameTooLong: (limit: number) => `A name has at most ${limit} letters.`,
    textTooLong: (limit: number) => `A text has at most ${limit} characters.`,
    fillTooLong: (limit: number) => `A text to write has 1 to ${limit} bytes.`,
    blocksTooDeep: (depth: number, limit: number) => `Blocks are nested ${depth} deep; the limit is ${limit}.`,
    bracketsTooDeep: (depth: number, limit: number) => `Brackets are nested ${depth} deep; the limit is ${limit}.`,
    elseIfTooDeep: (depth: number, limit: number) => `${depth} \`else if\` in a row; the limit is ${limit}.`,
    tooLong: (bytes: number, limit: number) => `The script is ${grouped(bytes)} bytes; the limit is ${grouped(limit)}.`,
    otherVersion: (version: string) =>
      `This script is for version ${version} of the language; this page knows version 1.`,
  },
  meaning: {
    noNumber: (name: string, nearest: string | null) => `No number is called ${word(name)}.${meant(nearest)}`,
    notYet: (name: string, line: number) => `${word(name)} has no value yet here; it is set on line ${line}.`,
    isNot: (name: string, is: Kind, wanted: Kind) => `${word(name)} is ${NAME_KINDS[is]}, not ${NAME_KINDS[wanted]}.`,
    blockAndGroup: (name: string, line: number) =>
      `${word(name)} is one block (line ${line}) and cannot also be a group.`,
    groupAndBlock: (name: string, line: number) =>
      `${word(name)} is a group (line ${line}) and cannot also be one block.`,
    twoKinds: (name: string, kind: Kind, line: number) =>
      `${word(name)} is ${NAME_KINDS[kind]} (line ${line}); a name is one thing in the whole script.`,
    shares: (sum: string) => `The percentages add up to ${sum}, not 100%.`,
    sharesFull: (sum: string) => `The percentages add up to ${sum}; nothing is left for the choices without one.`,
    shareTooLarge: (text: string) => `${word(text)} is more than all; the most is 100%.`,
    oddsImpossible: 'Odds are `1 in 20`: from 0 to the second number, which is 1 to 4,294,967,296.',
    alignment: 'An alignment is a power of two, 1 to 65,536.',
    backwards: (text: string) => `${text} runs backwards.`,
    tooWide: (text: string) => `${text} has more than 4,294,967,296 numbers to choose from.`,
    skewRange: '`mostly small` goes from 1 or more to 4294967295 or less.',
    size: 'A size goes from 0 to 4294967295.',
    count: 'A count is 0 or more.',
    byte: 'A byte goes from 0 to 255.',
    chunk: 'A chunk has 64 bytes to 1 GiB.',
    seedRange: 'A seed goes from 0 to 4294967295.',
    stepZero: 'A step is not 0.',
    ordinalZero: 'The first is `1st`.',
    wholePages: 'Memory comes in whole pages of 64 KiB.',
    tooManyPages: 'Memory has at most 65,536 pages.',
    base: 'The base is a multiple of 16, at least 2,048.',
    baseBeyond: 'The base lies beyond the initial memory.',
    initialBeyond: 'The initial memory is more than the maximum.',
    atTop: (statement: string) => `${word(statement)} belongs at the top, before anything runs.`,
    onlyOnce: (statement: string) => `${word(statement)} stands only once.`,
    plainOnly: 'At the top stand plain numbers with `+`, `-` and `*`.',
    noMetric: (name: string, nearest: string | null) => `There is no metric ${word(name)}.${meant(nearest)}`,
    pagesMetric: (name: string) => `${word(name)} is a number of pages.`,
    countMetric: (name: string) => `${word(name)} is a count; it has no unit.`,
    bytesMetric: (name: string) => `${word(name)} is a number of bytes.`,
    notRatio: (name: string) => `${word(name)} is not a ratio; compare it with a whole number.`,
    ratioMetric: (name: string) => `${word(name)} is a ratio; compare it with a percent, a decimal or a whole number.`,
    wordMetric: '`verdict` is compared by `==` or `!=` with "leak", "fragmentation", "past peak" or "healthy".',
    noArguments: (name: string) => `${word(name)} takes no sizes.`,
    needsSize: '`unusable` needs the size of a request: `unusable(4096)`.',
    needsRange: (name: string) => `${word(name)} takes sizes from one to another: ${word(`${name}(16..64)`)}.`,
    noArena: (name: string) => `No line says ${word(`arena ${name}`)}.`,
    arenaInScope: 'An arena of the program is not used inside a scope.',
    arenaAlign: 'A block in an arena stands at a multiple of 16; it takes no `align`.',
    arenaTwice: (name: string, line: number) => `${word(`arena ${name}`)} stands on line ${line} already.`,
    counterFixed: (name: string) => `${word(name)} counts the loop; it cannot be changed.`,
    clauseTwice: (clause: string) => `${word(clause)} stands here twice.`,
    keepAlone: '`keep` goes with `free after …`.',
    numberNotTruth: 'This is a number, not a yes-or-no: compare it.',
    truthNotNumber: 'This is a yes-or-no, not a number.',
    noFunction: (name: string) => `There is no ${word(`${name}(…)`)}; there are min, max, size and count.`,
    functionNeeds: (name: string) =>
      ({
        min: '`min` takes numbers: `min(a, b)`.',
        max: '`max` takes numbers: `max(a, b)`.',
        size: '`size` takes one block: `size(a)`.',
        count: '`count` takes blocks: `count(all)`.',
      })[name] ?? '',
    allAsNumber: '`all` is all blocks, not a number.',
    noBlock: (name: string, nearest: string | null) => `No line allocates ${word(name)}.${meant(nearest)}`,
    noPass: 'Counts up from a larger number: no pass.',
    noMark: (text: string, nearest: string | null) =>
      `No line says ${word(`mark "${text}"`)}.${nearest === null ? '' : ` Did you mean "${nearest}"?`}`,
    noAllocator: (name: string, nearest: string | null) =>
      `No allocator here is called ${word(name)}.${meant(nearest)}`,
  },
  stop: {
    operations: (limit: number, line: number) =>
      `Stopped at operation ${grouped(limit)}, the limit (line ${line}). What ran is kept.`,
    steps: (limit: number, line: number) =>
      `Stopped after ${grouped(limit)} steps, the limit (line ${line}). What ran is kept.`,
    stations: (limit: number, what: 'marks' | 'notes' | 'pauses' | 'checks', line: number) =>
      `Stopped after ${grouped(limit)} ${what}, the limit (line ${line}). What ran is kept.`,
    at: (line: number, why: string) => `Line ${line}: ${why}. Stopped there; what ran is kept.`,
    divisionByZero: 'division by zero',
    tooLarge: 'a number beyond 9,007,199,254,740,991',
    size: (value: number) => `a size goes from 0 to 4294967295, not ${value}`,
    count: (value: number) => `a count is 0 or more, not ${value}`,
    alignment: (value: number) => `an alignment is a power of two, 1 to 65,536, not ${value}`,
    byte: (value: number) => `a byte goes from 0 to 255, not ${value}`,
    odds: (part: number, whole: number) => `${part} in ${whole} is no chance`,
    step: 'a step is not 0',
    noValue: (name: string) => `${word(name)} has no value yet`,
    emptyRange: (low: number, high: number) => `${low}..${high} runs backwards`,
    wideRange: (low: number, high: number) => `${low}..${high} has more than 4,294,967,296 numbers`,
    skewRange: (low: number, high: number) => `${low}..${high} mostly small goes from 1 or more to 4294967295 or less`,
    index: (name: string, index: number) => `${word(`${name}[${index}]`)} has an index below 0`,
    arenaInScope: (name: string) => `${word(name)} lies in an arena and cannot be resized in a scope`,
    visitor: (operations: number, line: number) =>
      `Stopped by hand after ${ordinalOf(operations)} (line ${line}). What ran is kept.`,
  },
  finding: {
    doubleFree: (line: number, name: string, operation: number) =>
      `Line ${line} frees ${word(name)}, already freed by ${ordinalOf(operation)}.`,
    noBlock: (line: number, verb: 'frees' | 'writes' | 'reads', name: string, range: string | null) =>
      `Line ${line} ${verb} ${word(name)}, ${range === null ? 'which has no block' : `but ${range}`}. Nothing was ${
        { frees: 'freed', writes: 'written', reads: 'read' }[verb]
      }; the run went on.`,
    has: (group: string, low: number, high: number) =>
      low === high ? `${group} has only ${low}` : `${group} has ${low} to ${high}`,
    hasNot: (group: string, index: number) => `${group} has no ${index}`,
    hasNone: (group: string) => `${group} has none`,
    dead: (line: number, verb: 'reads' | 'writes' | 'resizes', name: string, operation: number) =>
      `Line ${line} ${verb} ${word(name)}, freed at ${ordinalOf(operation)}.`,
    pastEnd: (line: number, verb: 'reads' | 'writes', bytes: number, name: string, size: number) =>
      `Line ${line} ${verb} ${bytes} ${bytes === 1 ? 'byte' : 'bytes'} past the end of ${word(name)}, which has ${size}.`,
    beforeStart: (line: number, verb: 'reads' | 'writes', bytes: number, name: string) =>
      `Line ${line} ${verb} from ${bytes} ${bytes === 1 ? 'byte' : 'bytes'} before the start of ${word(name)}.`,
    innerFree: (line: number, name: string, offset: number) =>
      `Line ${line} frees an address ${Math.abs(offset)} ${Math.abs(offset) === 1 ? 'byte' : 'bytes'} ${
        offset < 0 ? 'before' : 'into'
      } ${word(name)}.`,
    lost: (name: string, bytes: number, line: number) =>
      `${word(name)} got a new block; its ${bytes} bytes from line ${line} have no name now.`,
    moved: (name: string) => `${word(name)} was resized in a scope and ends with it.`,
  },
} as const;

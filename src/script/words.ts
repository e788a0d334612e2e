/** Words that are never names. The list is closed. */
export const RESERVED: ReadonlySet<string> = new Set(
  (
    'alloc free realloc write read reset let repeat for if else scope arena memory seed mark note pause expect version ' +
    'all oldest newest random every one chance and or not mod in of to at as with after true false null end'
  ).split(' '),
);

/** Words that begin a statement. */
export const STATEMENTS =
  'alloc free realloc write read reset let repeat for if scope mark note pause expect arena memory seed version'.split(
    ' ',
  );

/** Words that are words only where the grammar wants them. */
export const OPEN_WORDS = 'align zeroed keep ops base initial max step mostly small since grew fell unchanged'.split(
  ' ',
);

export const UNITS = ['B', 'byte', 'bytes', 'KiB', 'MiB', 'GiB', 'page', 'pages'] as const;

/** What other languages call a thing, and what it is called here; empty where the word is best left out. */
export const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ...pairs('alloc', 'malloc calloc new allocate create make acquire'),
  ...pairs('free', 'delete dealloc deallocate release del remove drop destroy dispose'),
  ...pairs('realloc', 'resize reallocate grow shrink'),
  ...pairs('write', 'store memset fill put set poke'),
  ...pairs('read', 'load get peek access'),
  ...pairs('let', 'var const int define'),
  ...pairs('repeat', 'while loop'),
  ...pairs('note', 'print say echo log puts'),
  ...pairs('expect', 'assert check'),
  ...pairs('pause', 'wait sleep stop'),
  ...pairs('else', 'otherwise'),
  ...pairs('else if', 'elif elsif elseif'),
  ...pairs('arena', 'pool region'),
  ...pairs('scope', 'begin'),
  ...pairs('mark', 'label'),
  ...pairs('', 'times then do'),
]);

function pairs(word: string, others: string): [string, string][] {
  return others.split(' ').map((other) => [other, word]);
}

import { recordingHelpTexts } from '../model/strings/trace.ts';
import type { RecordingFormat } from './sniff.ts';

/** What the help says of one format. */
export interface RecordingHelp {
  readonly format: RecordingFormat;
  readonly name: string;
  /** What it is, in a sentence or two. */
  readonly about: string;
  /** The one command that records it, for a POSIX shell; `./program` stands for the program with its arguments. */
  readonly command: string;
  /** What is good to know about the command. */
  readonly note: string;
  /** The first lines of such a file. */
  readonly example: string;
}

/** Numbers the blocks of valgrind's report; an address keeps its number through a realloc. */
const NUMBERED = `$3=="malloc"{print "a",i[$5]=n++,$4}
$3=="calloc"{print "z",i[$6]=n++,$4*$5}
$3=="realloc"{if($8)print "a",i[$8]=n++,$5;else{k=i[$4];print "r",k,$5;delete i[$4];i[$6]=k}}
$3=="free"&&$4 in i{print "f",i[$4];delete i[$4]}`;

const VALGRIND = 'valgrind -q --trace-malloc=yes ./program 2>&1 >/dev/null';
const SPLIT = "awk -F'[-(), =]+'";

const COMMANDS: Readonly<Record<RecordingFormat, { readonly command: string; readonly example: string }>> = {
  operations: {
    command: `${VALGRIND} | ${SPLIT} '${NUMBERED}' > program.ops`,
    example: 'a 0 472\na 1 120\nr 0 1024\nf 1',
  },
  rep: {
    command: `${VALGRIND} | ${SPLIT} '${NUMBERED}' | sed 's/^z/a/' | awk '{l[NR]=$0}$1=="a"{n++}END{print "0\\n" n "\\n" NR "\\n1";for(k=1;k<=NR;k++)print l[k]}' > program.rep`,
    example: '0\n2\n3\n1\na 0 472\na 1 120\nf 0',
  },
  mtrace: {
    command: `echo '#include <mcheck.h>\n__attribute__((constructor)) void on(void) { mtrace(); }' | gcc -shared -fPIC -xc -o on.so - && MALLOC_TRACE=program.mtrace LD_PRELOAD=libc_malloc_debug.so.0:./on.so ./program`,
    example: '= Start\n@ ./program:[0x1230] + 0x564a50b7a2a0 0xa\n@ ./program:[0x125a] - 0x564a50b7a2a0',
  },
  valgrind: {
    command: 'valgrind --trace-malloc=yes --log-file=program.valgrind ./program',
    example: '--9830-- malloc(10) = 0x4A41040\n--9830-- realloc(0x4A41040,100) = 0x4A41090\n--9830-- free(0x4A41090)',
  },
  'wee-trace': {
    command: 'cargo run --manifest-path trace-malloc-free/Cargo.toml -- --output program.trace ./program',
    example: 'Alloc(552),\nAlloc(120),\nFree(0),',
  },
};

const ORDER: readonly RecordingFormat[] = ['valgrind', 'mtrace', 'operations', 'rep', 'wee-trace'];

/** The help on recordings, easiest to make first. */
export const RECORDING_HELP: readonly RecordingHelp[] = ORDER.map((format) => ({
  format,
  ...recordingHelpTexts[format],
  ...COMMANDS[format],
}));

import { count, grouped, memory, roundMemory } from './numbers.ts';

/** Texts round the lessons and the first minute; what the lessons say is in `src/lessons/`. */
export const lessonStrings = {
  title: 'Lessons',
  lead: 'Eleven short lessons on the memory of a WebAssembly module. Each runs real allocators here; whatever is underlined moves them, and every script can be changed.',
  own: 'Your own script waits meanwhile, and comes back when you leave.',
  loading: 'Loading the lessons',
  unknown: (id: string) =>
    `There is no lesson “${id}” here. It may have been made for a newer page: reload, or pick one below.`,
  minutes: (minutes: number) => `${minutes} min`,
  steps: (steps: number) => count(steps, 'step', 'steps'),
  state: (come: number, steps: number) =>
    come === 0 ? 'not begun' : come >= steps ? 'done' : `step ${come} of ${steps}`,
  start: 'Start',
  goOn: 'Go on',
  again: 'Again',
  startOf: (title: string) => `Start: ${title}`,
  goOnOf: (title: string, step: number) => `Go on with ${title}, step ${step}`,
  againOf: (title: string) => `Again: ${title}`,
  forget: 'Forget my progress',

  all: 'All lessons',
  lesson: (number: number, title: string) => `Lesson ${number}, ${title}`,
  place: (step: number, steps: number) => `step ${step} of ${steps}`,
  goTo: (step: number, title: string) => `Step ${step}: ${title}`,
  progress: 'Steps of this lesson',
  step: 'Step',
  stage: 'What runs',
  back: 'Back',
  next: 'Next',
  finish: 'Finish',
  nextLesson: 'Next lesson',
  reset: 'Reset this step',
  resetHint: 'Script, lanes and needle as the step began',
  link: 'Copy link to this step',
  linked: 'Link copied',
  linkFailed: 'The browser did not let the link be copied. It stands in the address bar.',
  leave: 'Leave the lesson',
  hint: 'Underlined words move the real controls.',
  sources: 'Sources',

  predict: {
    title: 'Your prediction',
    lock: 'Lock in and see',
    lockKey: 'or press',
    pass: 'Show without a prediction',
    units: {
      pages: 'pages',
      blocks: 'blocks',
      bytes: 'bytes',
      steps: 'steps',
      times: 'times',
      holes: 'holes',
    } satisfies Record<string, string>,
    value: (amount: number, unit: string) =>
      unit === 'bytes' ? memory(amount) : `${grouped(amount)} ${amount === 1 ? unit.replace(/s$/, '') : unit}`,
    range: (least: number, most: number) => `${grouped(least)} to ${grouped(most)}`,
    curve: 'Draw on the covered part of the chart, or set the pages here:',
    handle: (share: number) => ['at ¼ of the way', 'at ½', 'at ¾', 'at the end'][share] ?? '',
    you: 'you',
    truth: 'measured',
    said: (text: string) => `You said: ${text}`,
    is: (text: string) => `It is: ${text}`,
    same: 'As you said.',
    passed: 'Shown without a prediction.',
    ofBefore: 'Of the script as it was then; another one runs now.',
    axis: (you: string | null, truth: string) =>
      you === null ? `Measured: ${truth}.` : `You said ${you}. Measured: ${truth}.`,
  },

  challenge: {
    title: 'Challenge',
    lines: (lines: readonly number[]) =>
      `You may change ${lines.length === 1 ? `line ${lines[0]}` : `lines ${lines.join(', ')}`}; all others are locked.`,
    checks: 'Checks',
    held: 'holds',
    failed: 'does not hold',
    waiting: 'running',
    was: (lane: string, value: string) => `${lane}: ${value}`,
    hint: (number: number) => `Hint ${number} of 3`,
    showHint: 'Show a hint',
    solution: 'Show the solution',
    solved: 'All checks hold.',
    solvedByPage: 'This is one solution.',
    start: 'Start over',
  },

  firstMinute: {
    show: (line: number) => `Show line ${line}`,
    grewNone: (letters: string, amount: number, mark: string) =>
      `${letters} ${amount === 1 ? 'needs' : 'need'} no new page after “${mark}”.`,
    allGrew: (mark: string) => `Every lane took new pages after “${mark}”.`,
  },

  facts: {
    title: 'At the needle',
    lane: (letter: string, name: string) => `${letter}, ${name}`,
    reading: 'reading',
    none: 'n/a',
  },
  found: 'Findings at the needle',
  page: (page: number, letter: string) => `Page ${grouped(page)} of ${letter}, to scale`,
  pagePart: (page: number, letter: string, bytes: number) =>
    `${roundMemory(bytes)} of page ${grouped(page)} of ${letter}`,
  chart: 'Pages of each lane, over time',
  done: { title: 'That is the lesson.', all: 'Back to all lessons' },
} as const;

import { grouped } from './numbers.ts';

/** What stands on a part of the timeline that is covered, in the first minute and in lessons. */
export const coverStrings = {
  untilLocked: { covered: 'covered until you lock in', you: 'you:' },
  untilLater: { covered: 'a later step asks for this', you: 'you:' },
} as const;

/** Texts of the first minute's three things to do. */
export const firstMinuteStrings = {
  run: 'Run the program',
  runNote: (lines: string, operations: number) =>
    `${lines} lines, ${grouped(operations)} operations. The blocks have come; now half of them go.`,
  ran: (mark: string) => `It ran up to “${mark}” and stopped there.`,
  runIt: 'Run it',
  predict: 'Predict what comes next',
  predictNote: 'What is left is covered until you have said what you expect.',
  change: 'Change 50% to 100% on line 5',
  changeNote: 'Then see which lanes need no new pages.',
  lesson: 'Lesson 1',
  lessonNote: 'what a page, a block and a limit are, 7 min',
} as const;

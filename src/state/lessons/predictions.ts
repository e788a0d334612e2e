import type { Guess, Prediction } from '../../model/lesson.ts';
import type { Pages, Position } from '../../model/units.ts';
import { type Playback, SPEEDS } from '../playback.ts';
import type { AppStore } from '../store.ts';

/** A question about what comes next, and what the visitor says; the truth is the run's own. */
export interface OpenPrediction {
  readonly question: Prediction;
  /** What lies between is covered until the guess is locked in. */
  readonly from: Position;
  readonly until: Position;
  readonly guess: Guess | null;
  readonly locked: boolean;
  /** The script that ran when it was locked in; empty until then. */
  readonly lockedText: string;
}

/** Is it locked in, and what runs now another script than the one that it was about? */
export const isOfBefore = ({ locked, lockedText }: OpenPrediction, ranText: string) => locked && lockedText !== ranText;

/** A question that nothing was said to yet. */
export const openQuestion = (question: Prediction, from: Position, until: Position): OpenPrediction => ({
  question,
  from,
  until,
  guess: null,
  locked: false,
  lockedText: '',
});

/** Handles of a curve: it is drawn through so many points behind the needle. */
export const CURVE_POINTS = 4;

/** The revealed stretch plays in about this many seconds. */
const REVEAL_SECONDS = 2;

/** Asks, takes the guess, and reveals. One question at a time. */
export class Predictions {
  constructor(
    private readonly store: AppStore,
    private readonly playback: Playback,
  ) {}

  /** Covers everything until it is known where the question stands. */
  cover(question: Prediction): void {
    this.ask(question, 0, 0);
  }

  /** The playhead stays where it is, or goes back to `from`. */
  ask(question: Prediction, from: Position, until: Position): void {
    this.store.setState({ prediction: openQuestion(question, from, until) });
    if (this.store.getState().position > from) this.playback.seek(from);
  }

  /** The run is another one: the question, and what was said, stand where they belong in it. */
  place(from: Position, until: Position): void {
    const { prediction } = this.store.getState();
    if (prediction !== null) this.store.setState({ prediction: { ...prediction, from, until } });
  }

  /** Null takes back what was said. */
  guess(guess: Guess | null): void {
    const { prediction } = this.store.getState();
    if (prediction === null || prediction.locked) return;
    this.store.setState({ prediction: { ...prediction, guess } });
  }

  /** Uncovers the rest and plays it; `still`: goes there at once. Without a guess the question is passed over. */
  reveal(still: boolean): void {
    const { prediction, ranText } = this.store.getState();
    if (prediction === null || prediction.locked) return;
    this.store.setState({ prediction: { ...prediction, locked: true, lockedText: ranText } });
    if (still) {
      this.playback.seek(prediction.until);
      return;
    }
    const operations = prediction.until - prediction.from;
    this.playback.setSpeed(SPEEDS.find((speed) => operations / speed <= REVEAL_SECONDS) ?? SPEEDS[SPEEDS.length - 1]!);
    this.playback.playTo(prediction.until);
  }

  drop(): void {
    if (this.store.getState().prediction !== null) this.store.setState({ prediction: null });
  }
}

/** Pages that a guess stands for at equal distances behind the needle, the last at the end; null where it cannot be drawn. */
export function drawnPages({ question, guess }: OpenPrediction): readonly Pages[] | null {
  if (guess === null) return null;
  switch (guess.kind) {
    case 'curve':
      return guess.pages;
    case 'number':
      return question.kind === 'number' && question.unit === 'pages' ? [guess.value] : null;
    case 'choice': {
      const pages = question.kind === 'choice' ? question.options[guess.option]?.pages : undefined;
      return pages === undefined ? null : [pages];
    }
  }
}

/** The most pages that a guess may be drawn at: the chart has room for them from the start, so that its scale tells nothing. */
export function mostPages({ question }: OpenPrediction): Pages {
  switch (question.kind) {
    case 'curve':
      return question.most;
    case 'number':
      return question.unit === 'pages' ? question.most : 0;
    case 'choice':
      return Math.max(0, ...question.options.map((option) => option.pages ?? 0));
  }
}

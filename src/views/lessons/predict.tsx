import { type FormEvent, useId, useState } from 'react';
import type { Guess, Prediction } from '../../model/lesson.ts';
import { lessonStrings as strings } from '../../model/strings/lessons.ts';
import { CURVE_POINTS, isOfBefore, type OpenPrediction } from '../../state/lessons/predictions.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { useMedia } from '../shared/use-media.ts';
import { laneIndex, levelCurve } from '../timeline/cover.ts';
import { GuessAxis } from './guess-axis.tsx';
import { Line } from './prose.tsx';
import './predict.css';

const words = strings.predict;

/**
 * Asks, takes a guess, locks it in; then what was said stands beside what was measured. No score. `plain`: what stands
 * around it says already that this is a prediction; only the outcome stays.
 */
export function Predict({ prediction, plain = false }: { prediction: OpenPrediction; plain?: boolean }) {
  const { predictions, look } = useApp();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const id = useId();
  const old = useFact(({ ranText }) => isOfBefore(prediction, ranText));
  const { question, guess, locked } = prediction;
  const lock = (event: FormEvent) => {
    event.preventDefault();
    if (guess === null) return;
    predictions.reveal(still);
    look.announce(truthText(question));
  };
  return (
    <form className="predict" aria-labelledby={id} onSubmit={lock}>
      <h3 id={id} className={plain ? 'visually-hidden' : undefined}>
        {words.title}
      </h3>
      {plain && locked ? null : (
        <p className="predict-question">
          <Line text={question.question} />
        </p>
      )}
      {plain && locked ? null : question.kind === 'choice' ? (
        <Choices prediction={prediction} />
      ) : question.kind === 'number' ? (
        <NumberField prediction={prediction} />
      ) : (
        <CurveFields prediction={prediction} />
      )}
      {locked ? (
        <>
          <Outcome prediction={prediction} />
          {old && <p className="predict-old">{words.ofBefore}</p>}
        </>
      ) : (
        <p className="predict-lock">
          <button type="submit" className="button" data-kind="primary" disabled={guess === null}>
            {words.lock}
          </button>
          <span className="predict-key">
            {words.lockKey} <kbd>Enter</kbd>
          </span>
          <button
            type="button"
            className="button"
            data-kind="link"
            onClick={() => {
              predictions.reveal(still);
              look.announce(truthText(question));
            }}
          >
            {words.pass}
          </button>
        </p>
      )}
    </form>
  );
}

function Choices({ prediction }: { prediction: OpenPrediction }) {
  const { predictions } = useApp();
  const name = useId();
  const { question, guess, locked } = prediction;
  if (question.kind !== 'choice') return null;
  const chosen = guess?.kind === 'choice' ? guess.option : -1;
  return (
    <ul className="predict-options">
      {question.options.map((option, i) => (
        <li
          key={option.text}
          data-chosen={chosen === i || undefined}
          data-right={(locked && option.right) || undefined}
        >
          <label>
            <input
              type="radio"
              name={name}
              checked={chosen === i}
              disabled={locked && chosen !== i}
              onChange={() => predictions.guess({ kind: 'choice', option: i })}
            />
            <span>{option.text}</span>
            {locked && chosen === i && <em>{words.you}</em>}
            {locked && option.right && <em data-truth="">{words.truth}</em>}
          </label>
        </li>
      ))}
    </ul>
  );
}

function NumberField({ prediction }: { prediction: OpenPrediction }) {
  const { predictions } = useApp();
  const id = useId();
  const { question, guess, locked } = prediction;
  if (question.kind !== 'number') return null;
  const value = guess?.kind === 'number' ? guess.value : null;
  const set = (next: number | null) => predictions.guess(next === null ? null : { kind: 'number', value: next });
  return (
    <div className="predict-number">
      <input
        type="range"
        aria-labelledby={id}
        min={question.least}
        max={question.most}
        value={value ?? question.least}
        disabled={locked}
        onChange={(event) => set(Number(event.target.value))}
      />
      <label id={id} htmlFor={`${id}-number`}>
        <NumberInput
          id={`${id}-number`}
          least={question.least}
          most={question.most}
          value={value}
          disabled={locked}
          onValue={set}
        />{' '}
        {words.units[question.unit]}
      </label>
      {!locked && <span className="predict-range">{words.range(question.least, question.most)}</span>}
    </div>
  );
}

interface NumberInputProps {
  readonly id: string;
  readonly least: number;
  readonly most: number;
  readonly value: number | null;
  readonly disabled: boolean;
  /** Null for what is no number within the bounds. */
  readonly onValue: (value: number | null) => void;
}

/** A number as it is typed: what is not one yet is left as it stands, and on leaving comes to the next that is. */
function NumberInput({ id, least, most, value, disabled, onValue }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const numberOf = (text: string) => (text.trim() === '' ? Number.NaN : Math.round(Number(text)));
  return (
    <input
      id={id}
      type="number"
      min={least}
      max={most}
      value={typed ?? value ?? ''}
      disabled={disabled}
      onChange={(event) => {
        const next = numberOf(event.target.value);
        setTyped(event.target.value);
        onValue(next >= least && next <= most ? next : null);
      }}
      onBlur={() => {
        const next = numberOf(typed ?? '');
        setTyped(null);
        if (!Number.isNaN(next)) onValue(Math.max(least, Math.min(most, next)));
      }}
    />
  );
}

function CurveFields({ prediction }: { prediction: OpenPrediction }) {
  const { predictions, records, store } = useApp();
  const id = useId();
  const { question, guess, locked, from } = prediction;
  if (question.kind !== 'curve') return null;
  const lane = store.getState().lanes[laneIndex(question)];
  const level = lane === undefined ? 0 : records.lane(lane.key).series.pagesAt(from);
  const pages = guess?.kind === 'curve' ? guess.pages : null;
  return (
    <div className="predict-curve">
      <p>{words.curve}</p>
      {Array.from({ length: CURVE_POINTS }, (_, i) => (
        <label key={words.handle(i)} htmlFor={`${id}-${i}`}>
          <NumberInput
            id={`${id}-${i}`}
            least={0}
            most={question.most}
            value={pages?.[i] ?? null}
            disabled={locked}
            onValue={(next) => {
              if (next === null) return;
              const curve = [...(pages ?? levelCurve(level))];
              curve[i] = next;
              predictions.guess({ kind: 'curve', pages: curve });
            }}
          />{' '}
          {words.handle(i)}
        </label>
      ))}
    </div>
  );
}

/** What was said and what was measured, on one axis where both are numbers; in words for those who do not see it. */
function Outcome({ prediction }: { prediction: OpenPrediction }) {
  const { question, guess } = prediction;
  if (question.kind === 'number') {
    return (
      <GuessAxis
        most={question.most}
        you={guess?.kind === 'number' ? guess.value : null}
        truth={question.answer}
        text={(value) => words.value(value, words.units[question.unit])}
      />
    );
  }
  if (question.kind === 'choice') {
    const said = guess?.kind === 'choice' ? question.options[guess.option] : undefined;
    const right = question.options.find((option) => option.right);
    if (right?.pages !== undefined) {
      return (
        <GuessAxis
          most={Math.max(...question.options.map((option) => option.pages ?? 0)) * 1.1}
          you={said?.pages ?? null}
          truth={right.pages}
          text={(value) => words.value(value, words.units.pages)}
        />
      );
    }
    return <p className="predict-said">{outcomeText(guess, question)}</p>;
  }
  return guess === null ? <p className="predict-said">{words.passed}</p> : null;
}

function outcomeText(guess: Guess | null, question: Prediction): string {
  if (question.kind !== 'choice') return '';
  const right = question.options.findIndex((option) => option.right);
  if (guess?.kind !== 'choice') return words.passed;
  return guess.option === right ? words.same : words.is(question.options[right]?.text ?? '');
}

/** For the live region: the truth in a sentence. */
function truthText(question: Prediction): string {
  switch (question.kind) {
    case 'choice':
      return words.is(question.options.find((option) => option.right)?.text ?? '');
    case 'number':
      return words.is(words.value(question.answer, words.units[question.unit]));
    case 'curve':
      return '';
  }
}

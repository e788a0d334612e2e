import { type FormEvent, useState } from 'react';
import { ALLOCATOR_IDS, ALLOCATORS, type AllocatorId, isGuarded, laneName, parseLaneName } from '../../model/lanes.ts';
import type { MemorySettings } from '../../model/scenario.ts';
import { laneOptionsStrings as words } from '../../model/strings/lane-options.ts';
import { mapStrings } from '../../model/strings/maps.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import { MAX_PAGES, MAX_SIZE } from '../../model/units.ts';
import type { Lane } from '../../state/store.ts';
import { useShowAlone } from '../heatmap/use-show-alone.ts';
import { useApp } from '../shared/app-context.tsx';
import { MapPictureButton } from './map-picture-button.tsx';

interface Props {
  readonly id: string;
  readonly lane: Lane;
  readonly name: string;
  readonly letter: string;
  readonly places: number;
  readonly onClose: () => void;
}

const FIELDS = [
  { key: 'base', label: words.base, max: MAX_SIZE },
  { key: 'initial', label: words.initial, max: MAX_PAGES },
  { key: 'max', label: words.max, max: MAX_PAGES },
] as const;

/** Allocator, its options, memory and fill of one lane; and the keyboard's ways to move and remove it. */
export function LaneOptions({ id, lane, name, letter, places, onClose }: Props) {
  const { lanes, store } = useApp();
  const showAlone = useShowAlone();
  const parsed = parseLaneName(lane.config.name);
  const [allocator, setAllocator] = useState<AllocatorId>(parsed?.id ?? 'wee');
  const [options, setOptions] = useState(parsed?.options ?? 0);
  const [fill, setFill] = useState(lane.config.fill);
  const [memory, setMemory] = useState<Record<keyof MemorySettings, string>>({
    base: String(lane.config.memory.base ?? ''),
    initial: String(lane.config.memory.initial ?? ''),
    max: String(lane.config.memory.max ?? ''),
  });
  const [wrong, setWrong] = useState<string | null>(null);
  const bits = ALLOCATORS[allocator].options as Readonly<Record<string, number>>;

  const apply = (event: FormEvent) => {
    event.preventDefault();
    const settings: { -readonly [K in keyof MemorySettings]: MemorySettings[K] } = {};
    for (const { key, label, max } of FIELDS) {
      const text = memory[key].trim();
      if (text === '') continue;
      const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
      if (!(value <= max)) {
        setWrong(words.badNumber(label, max));
        return;
      }
      settings[key] = value;
    }
    lanes.configure(lane.key, { name: laneName({ id: allocator, options }), memory: settings, fill });
    onClose();
  };
  const index = store.getState().lanes.findIndex((other) => other.key === lane.key);
  return (
    <form className="lane-options" id={id} aria-label={words.optionsOf(letter)} onSubmit={apply}>
      <label className="lane-field">
        <span>{words.allocator}</span>
        <select
          value={allocator}
          onChange={(event) => {
            setAllocator(event.target.value as AllocatorId);
            setOptions(0);
          }}
        >
          {ALLOCATOR_IDS.map((name) => (
            <option key={name} value={name}>
              {viewsStrings.lane.names[name]}
            </option>
          ))}
        </select>
      </label>
      {Object.entries(bits).map(([name, bit]) => (
        <label key={name} className="lane-check">
          <input type="checkbox" checked={(options & bit) !== 0} onChange={() => setOptions(options ^ bit)} />
          <span>{words.optionNames[name] ?? name}</span>
        </label>
      ))}
      {isGuarded({ id: allocator, options }) && <p className="lane-note">{words.guarded}</p>}
      {FIELDS.map(({ key, label }) => (
        <label key={key} className="lane-field">
          <span>{label}</span>
          <input
            inputMode="numeric"
            autoComplete="off"
            value={memory[key]}
            placeholder={words.fromScript}
            onChange={(event) => setMemory({ ...memory, [key]: event.target.value })}
          />
        </label>
      ))}
      <label className="lane-check">
        <input type="checkbox" checked={fill} onChange={() => setFill(!fill)} />
        <span>{words.fill}</span>
      </label>
      {wrong !== null && (
        <p role="alert" className="lane-wrong">
          {wrong}
        </p>
      )}
      <div className="lane-actions">
        <button type="submit" className="button" data-kind="primary">
          {words.apply}
        </button>
        <button
          type="button"
          className="button"
          disabled={index <= 0}
          aria-label={words.left(letter)}
          onClick={() => lanes.move(lane.key, -1)}
        >
          ←
        </button>
        <button
          type="button"
          className="button"
          disabled={index >= places - 1}
          aria-label={words.right(letter)}
          onClick={() => lanes.move(lane.key, 1)}
        >
          →
        </button>
        <button type="button" className="button" onClick={() => lanes.remove(lane.key)}>
          {words.remove}
        </button>
        {places > 1 && (
          <button
            type="button"
            className="button lane-alone"
            aria-label={mapStrings.aloneOf(letter)}
            onClick={() => showAlone(lane.key)}
          >
            {mapStrings.alone}
          </button>
        )}
        <MapPictureButton lane={lane} name={name} />
      </div>
    </form>
  );
}

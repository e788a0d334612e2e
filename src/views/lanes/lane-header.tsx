import { type DragEvent, memo, useEffect, useId, useRef, useState } from 'react';
import { laneOptionsStrings as words } from '../../model/strings/lane-options.ts';
import { mapStrings } from '../../model/strings/maps.ts';
import type { Lane } from '../../state/store.ts';
import { useShowAlone } from '../heatmap/use-show-alone.ts';
import { useApp } from '../shared/app-context.tsx';
import { Glyph } from '../shared/icons.tsx';
import { lanePolicy, laneTitle } from './lane-names.ts';
import { LaneOptions } from './lane-options.tsx';
import './lane-header.css';
import './lane-badge.css';

const DRAG_TYPE = 'application/x-heapscape-lane';

/** What a lane is: letter, allocator, policy, measured size; its options; a handle to drag it to another place. */
export const LaneHeader = memo(Header, (a, b) => {
  const same = a.lane.key === b.lane.key && a.lane.config === b.lane.config && a.lane.opening === b.lane.opening;
  const stopped = a.lane.result?.stopped === b.lane.result?.stopped;
  return same && stopped && a.letter === b.letter && a.places === b.places;
});

function Header({ lane, letter, places }: { lane: Lane; letter: string; places: number }) {
  const { lanes } = useApp();
  const showAlone = useShowAlone();
  const [open, setOpen] = useState(false);
  const [target, setTarget] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const name = laneTitle(lane);
  const stopped = lane.result?.stopped ?? null;
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const dropped = (event: DragEvent) => {
    setTarget(false);
    const key = event.dataTransfer.getData(DRAG_TYPE);
    if (key === '' || key === lane.key) return;
    event.preventDefault();
    lanes.moveTo(key, lane.key);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is the pointer's way; the options hold the keyboard's
    <div
      ref={root}
      className="lane-header"
      data-lane={letter}
      data-target={target || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        setTarget(true);
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={dropped}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div
        className="lane-handle"
        draggable={places > 1}
        title={places > 1 ? words.moveHint(letter, name) : undefined}
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAG_TYPE, lane.key);
          event.dataTransfer.effectAllowed = 'move';
        }}
      >
        <span className="lane-badge" aria-hidden="true">
          {letter}
        </span>
        <h2 className="lane-name" id={`lane-name-${lane.key}`}>
          <span className="visually-hidden">{`${letter} `}</span>
          {name}
        </h2>
        {stopped === null ? (
          <p className="lane-policy">{lanePolicy(lane)}</p>
        ) : (
          // In the place of what is known already: a line of its own would push all lanes down.
          <p className="lane-policy" data-broken="" title={stopped.message}>
            {mapStrings.stoppedAt(stopped.operation)}
          </p>
        )}
      </div>
      {places > 1 && (
        <button
          type="button"
          className="button lane-menu lane-alone"
          data-kind="plain"
          aria-label={mapStrings.aloneOf(letter)}
          onClick={() => showAlone(lane.key)}
        >
          {mapStrings.alone}
        </button>
      )}
      <button
        type="button"
        className="button lane-menu"
        data-kind="plain"
        aria-expanded={open}
        aria-controls={id}
        aria-label={words.optionsOf(letter)}
        onClick={() => setOpen(!open)}
      >
        <Glyph name="options" />
        <span className="lane-menu-word">{words.options}</span>
      </button>
      {open && (
        <LaneOptions id={id} lane={lane} name={name} letter={letter} places={places} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}

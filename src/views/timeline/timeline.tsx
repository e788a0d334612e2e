import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { Position } from '../../model/units.ts';
import { canvasGeneration } from '../../paint/canvas-loss.ts';
import { LANE_LETTERS } from '../../paint/charts.ts';
import { forgetLabels } from '../../paint/labels.ts';
import { paintTimeline } from '../../paint/timeline.ts';
import { paintPlayhead } from '../../paint/timeline-playhead.ts';
import {
  layoutTimeline,
  positionAt,
  type TimelineData,
  type TimelineKind,
  type TimelineView,
  xOf,
} from '../../paint/timeline-view.ts';
import type { App } from '../../state/app.ts';
import { mostPages } from '../../state/lessons/predictions.ts';
import { markAt } from '../../state/playback.ts';
import { type AppState, limitOf, operationCount } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { usePaintTheme } from '../shared/theme.tsx';
import { useCanvas } from '../shared/use-canvas.ts';
import { textScale } from '../shared/use-media.ts';
import { usePosition } from '../shared/use-position.ts';
import { bandOf } from './band.ts';
import { coverOf, drawCurve, sealedFrom } from './cover.ts';
import { nearData } from './near-strips.ts';
import { pointOn } from './point-on.ts';
import './timeline.css';

/** How near to the needle a press takes hold of it instead of jumping there. */
const GRAB_PX = 12;
/** The still layer is drawn anew at most this often while lanes are recorded. */
const GROWING_MS = 120;
/** The narrowest stretch that a zoom shows, in operations. */
const MIN_SPAN = 20;

interface Zoom {
  readonly from: Position;
  readonly to: Position;
}

/**
 * Footprint of each lane over the operations, the bytes the program holds, marks and findings, and the needle: a slider
 * for the keyboard, a chart for the eye. Two canvases, so that a moving needle repaints nothing but itself.
 */
export function Timeline({ kind }: { kind: TimelineKind }) {
  const app = useApp();
  const { store, records, playback, point } = app;
  const theme = usePaintTheme();
  const generation = useFact((state) => state.generation);
  const count = useFact(operationCount);
  const [zoomed, setZoom] = useState<(Zoom & { generation: number }) | null>(null);
  const zoom: Zoom = zoomed !== null && zoomed.generation === generation ? zoomed : { from: 0, to: count };
  const zooming = zoom.from > 0 || zoom.to < count;
  const view = useRef<TimelineView | null>(null);
  const painted = useRef('');
  const paintedAt = useRef(0);
  const later = useRef(0);
  const still = useCanvas((ctx, size) => {
    const state = store.getState();
    const data = nearData(app, state, timelineData(app, state));
    view.current = layoutTimeline(kind, size.width, size.height, data, zoom.from, zoom.to);
    const stamp = [
      stampOf(app, state),
      data.near?.stamp ?? 0,
      size.width,
      size.height,
      size.ratio,
      zoom.from,
      zoom.to,
      theme.name,
      canvasGeneration(),
      document.fonts.status,
    ].join(' ');
    if (stamp === painted.current) return;
    // While lanes are recorded the curves grow with every slice; the eye needs them a few times a second.
    const now = performance.now();
    if (growing(state) && now - paintedAt.current < GROWING_MS) {
      later.current ||= window.setTimeout(() => {
        later.current = 0;
        still.request();
      }, GROWING_MS);
      return;
    }
    paintedAt.current = now;
    painted.current = stamp;
    paintTimeline(ctx, view.current, data, theme);
  }, textScale());
  const moving = useCanvas((ctx, { ratio }) => {
    if (view.current === null) return;
    const state = store.getState();
    if (state.scenario === null) {
      ctx.clearRect(0, 0, view.current.width, view.current.height);
      return;
    }
    const band = bandOf(state, records.ends);
    const hint = state.guide && state.prediction?.locked && !state.guideDone.dragged ? words.timeline.dragMe : null;
    const cover = coverOf(state);
    paintPlayhead(
      ctx,
      view.current,
      nearData(app, state, timelineData(app, state)),
      theme,
      state.position,
      band,
      hint,
      ratio,
      cover,
    );
  }, textScale());
  useEffect(() => {
    const again = () => {
      painted.current = '';
      forgetLabels();
      still.request();
      moving.request();
    };
    document.fonts.addEventListener('loadingdone', again);
    return () => {
      document.fonts.removeEventListener('loadingdone', again);
      window.clearTimeout(later.current);
    };
  }, [still.request, moving.request]);

  const setSpan = (from: number, to: number) => {
    const span = Math.max(Math.min(MIN_SPAN, count), Math.min(count, to - from));
    const start = Math.max(0, Math.min(count - span, from));
    setZoom(span >= count ? null : { from: Math.round(start), to: Math.round(start + span), generation });
  };
  const zoomAbout = (position: Position, factor: number) => {
    setSpan(position - (position - zoom.from) * factor, position + (zoom.to - position) * factor);
  };
  const zoomRef = useRef({ zoom, zoomAbout, setSpan });
  zoomRef.current = { zoom, zoomAbout, setSpan };
  useEffect(
    () =>
      // A zoomed stretch turns its page when the needle plays out of it.
      store.subscribe(({ playing, position }) => {
        const { zoom: now, setSpan: show } = zoomRef.current;
        if (playing && position > now.to) show(position, position + now.to - now.from);
      }),
    [store],
  );
  const slider = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // React's wheel listeners are passive; this one must keep the page from scrolling.
    const element = slider.current;
    if (element === null) return;
    const wheel = (event: WheelEvent) => {
      if (view.current === null) return;
      event.preventDefault();
      const now = zoomRef.current;
      const span = now.zoom.to - now.zoom.from;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        const by = ((event.deltaX || event.deltaY) / (view.current.right - view.current.left)) * span;
        now.setSpan(now.zoom.from + by, now.zoom.to + by);
        return;
      }
      now.zoomAbout(
        positionAt(view.current, pointOn(element, event).x, store.getState().reached),
        Math.exp(Math.max(-0.5, Math.min(0.5, event.deltaY / 400))),
      );
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [store]);

  const drag = useDrag(app, view);
  return (
    <div className="timeline-chart" data-kind={kind}>
      <div aria-hidden="true">
        <canvas ref={still.ref} className="timeline-canvas" />
        <canvas ref={moving.ref} className="timeline-canvas" />
      </div>
      <Slider
        slider={slider}
        onPointerDown={(event) => {
          if (!drawCurve(app, view.current, event)) drag.down(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1 && drawCurve(app, view.current, event)) return;
          if (drag.move(event) || view.current === null || event.pointerType === 'touch') return;
          const { x } = pointOn(event.currentTarget, event);
          if (x < view.current.left || x > view.current.right) point.hover(null);
          else {
            const operation = positionAt(view.current, x, limitOf(store.getState()));
            point.hover(operation === 0 ? null : { kind: 'operation', operation });
          }
        }}
        onPointerUp={drag.up}
        onPointerLeave={() => point.hover(null)}
        onDoubleClick={() => setZoom(null)}
        onKeyDown={(event) => {
          if (event.key === '+' || event.key === '=') zoomAbout(store.getState().position, 0.5);
          else if (event.key === '-' || event.key === '−') zoomAbout(store.getState().position, 2);
          else if (event.key === 'PageUp') playback.step(-Math.ceil((zoom.to - zoom.from) / 10));
          else if (event.key === 'PageDown') playback.step(Math.ceil((zoom.to - zoom.from) / 10));
          else if (event.key === 'ArrowUp') playback.step(event.shiftKey ? 100 : 1);
          else if (event.key === 'ArrowDown') playback.step(event.shiftKey ? -100 : -1);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {zooming && (
        <button type="button" className="button timeline-all" onClick={() => setZoom(null)}>
          {words.timeline.all}
        </button>
      )}
    </div>
  );
}

interface SliderProps {
  readonly slider: React.RefObject<HTMLDivElement | null>;
  readonly onPointerDown: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerLeave: () => void;
  readonly onDoubleClick: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
}

/**
 * What assistive technology meets: the playhead as a slider. Its number changes with the store itself; its text, which is
 * read out, at React's pace.
 */
function Slider({ slider, ...handlers }: SliderProps) {
  const { store } = useApp();
  const scenario = useFact((state) => state.scenario);
  const position = usePosition();
  const mark = scenario === null ? undefined : markAt(scenario.marks, position);
  const line = position > 0 ? (scenario?.operations.line[position - 1] ?? null) : null;
  useLayoutEffect(() => {
    const write = () => {
      const state = store.getState();
      slider.current?.setAttribute('aria-valuenow', String(state.position));
      slider.current?.setAttribute('aria-valuemax', String(limitOf(state)));
    };
    write();
    return store.subscribe(write);
  }, [store, slider]);
  return (
    <div
      id="timeline-slider"
      ref={slider}
      className="timeline-slider"
      role="slider"
      tabIndex={0}
      aria-label={words.timeline.slider}
      aria-valuemin={0}
      aria-valuenow={position}
      aria-valuetext={words.timeline.value(position, limitOf(store.getState()), mark?.text ?? null, line)}
      aria-disabled={scenario === null || undefined}
      {...handlers}
    />
  );
}

/** Takes hold of the needle, or sets it where the press was, and follows the pointer until it is let go. */
function useDrag(app: App, view: React.RefObject<TimelineView | null>) {
  const grip = useRef<{ pointer: number; offset: number; from: Position; least: Position } | null>(null);
  return useMemo(() => {
    const at = (event: PointerEvent<HTMLDivElement>) => pointOn(event.currentTarget, event).x;
    return {
      down(event: PointerEvent<HTMLDivElement>) {
        const now = view.current;
        if (now === null || event.button !== 0) return;
        const { position, reached } = app.store.getState();
        const x = at(event);
        const needle = xOf(now, position);
        const held = Math.abs(x - needle) <= GRAB_PX;
        event.currentTarget.setPointerCapture(event.pointerId);
        const start = held ? position : positionAt(now, x, reached);
        grip.current = { pointer: event.pointerId, offset: held ? needle - x : 0, from: start, least: start };
        app.playback.seek(start);
      },
      /** True while a drag is going on. */
      move(event: PointerEvent<HTMLDivElement>): boolean {
        const now = view.current;
        const held = grip.current;
        if (held === null || held.pointer !== event.pointerId || now === null) return false;
        const to = positionAt(now, at(event) + held.offset, app.store.getState().reached);
        app.playback.seek(to);
        if (to < held.least) held.least = to;
        // Left, then right again: the visitor has seen that time runs both ways.
        if (held.least < held.from && to > held.least) app.look.tick('dragged');
        return true;
      },
      up(event: PointerEvent<HTMLDivElement>) {
        if (grip.current?.pointer === event.pointerId) grip.current = null;
      },
    };
  }, [app, view]);
}

function growing(state: AppState): boolean {
  return state.lanes.some((lane) => lane.result === null && lane.unopened === null);
}

let kept: {
  generation: number;
  lanes: AppState['lanes'];
  question: NonNullable<AppState['prediction']>['question'] | undefined;
  sealed: Position | null;
  data: TimelineData;
} | null = null;

/** What the painter draws; made anew only when a lane or the run changed, never for a frame. */
export function timelineData(app: App, state: AppState): TimelineData {
  const question = state.prediction?.question;
  const sealed = sealedFrom(state);
  if (
    kept?.generation === state.generation &&
    kept.lanes === state.lanes &&
    kept.question === question &&
    kept.sealed === sealed
  )
    return kept.data;
  const findings = new Set<number>(state.scenario?.findings.map((finding) => finding.operation));
  for (const lane of state.lanes) for (const finding of lane.result?.findings ?? []) findings.add(finding.operation);
  const data: TimelineData = {
    count: operationCount(state),
    program: app.records.program,
    base: state.lanes[0]?.opening?.base ?? 0,
    lanes: state.lanes.map((lane) => {
      const record = app.records.lane(lane.key);
      return { series: record.series, steps: record.steps, stopped: lane.result?.stopped?.operation ?? null };
    }),
    marks: state.scenario?.marks ?? [],
    findings: [...findings].sort((a, b) => a - b),
    room: state.prediction === null ? 0 : mostPages(state.prediction),
    sealed,
    words: words.timeline,
  };
  kept = { generation: state.generation, lanes: state.lanes, question, sealed, data };
  return data;
}

/** Changes whenever the still layer must be drawn anew. */
function stampOf(app: App, state: AppState): string {
  let stamp = `${state.generation} ${operationCount(state)} ${state.prediction === null ? 0 : mostPages(state.prediction)} ${sealedFrom(state)}`;
  for (let i = 0; i < state.lanes.length; i++) {
    const lane = state.lanes[i]!;
    const { series } = app.records.lane(lane.key);
    stamp += ` ${LANE_LETTERS[i]} ${lane.key} ${series.logged} ${series.growAt.length} ${lane.counted} ${lane.result !== null}`;
  }
  return stamp;
}

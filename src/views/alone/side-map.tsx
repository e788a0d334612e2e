import { type ReactNode, useEffect, useRef } from 'react';
import { paintMap, repaintMap } from '../../paint/heatmap.ts';
import type { Viewport } from '../../paint/viewport.ts';
import type { Lane } from '../../state/store.ts';
import { useApp } from '../shared/app-context.tsx';
import { usePaintTheme } from '../shared/theme.tsx';
import { useFrame } from '../shared/use-frame.ts';
import './alone.css';
import '../heatmap/lane-map.css';

interface Props {
  readonly lane: Lane;
  readonly viewport: Viewport;
  /** Unlike that of every other map of the lane. */
  readonly slot: number;
  readonly children?: ReactNode;
}

/** A further picture of a lane's pages, for the eye: what it shows is in the tree with the map that it stands beside. */
export function SideMap({ lane, viewport, slot, children }: Props) {
  const { store, records } = useApp();
  const theme = usePaintTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const request = useFrame(() => {
    const ctx = canvas.current?.getContext('2d', { alpha: false });
    if (!ctx) return;
    const { frame } = records.lane(lane.key);
    const { position, colour } = store.getState();
    frame?.seek(Math.min(position, frame.logged));
    if (!paintMap(ctx, frame, viewport, theme, slot, colour)) request();
  });
  useEffect(() => {
    const element = canvas.current;
    if (element === null || (element.width === viewport.width && element.height === viewport.height)) return;
    element.width = viewport.width;
    element.height = viewport.height;
    const ctx = element.getContext('2d', { alpha: false });
    if (ctx !== null) repaintMap(ctx);
  }, [viewport]);
  const style = { inlineSize: viewport.width / viewport.ratio, blockSize: viewport.height / viewport.ratio };
  return (
    <div className="side-map" style={style}>
      <div aria-hidden="true">
        <canvas ref={canvas} className="lane-canvas" style={style} />
      </div>
      {children}
    </div>
  );
}

import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { forgetFont } from '../../paint/charts.ts';
import { useFrame } from './use-frame.ts';

export interface CanvasSize {
  /** CSS px. */
  readonly width: number;
  readonly height: number;
  /** Device pixels a CSS px. */
  readonly ratio: number;
}

/**
 * A canvas that fills its element at the screen's own resolution. `paint` gets a context and a size whose unit is `unit` CSS
 * px, one unless all of the picture is to grow with the visitor's text, and runs whenever the store or the size changes.
 */
export function useCanvas(
  paint: (ctx: CanvasRenderingContext2D, size: CanvasSize) => void,
  unit = 1,
): {
  ref: (canvas: HTMLCanvasElement | null) => void;
  request: () => void;
  size: CanvasSize | null;
} {
  const canvasRef = useRef<HTMLCanvasElement | null>(null);
  const { ref: measured, size } = useSize();
  // Made once a size: a frame leaves nothing to collect.
  const inUnits = useMemo(
    () => size && { width: size.width / unit, height: size.height / unit, ratio: size.ratio * unit },
    [size, unit],
  );
  const ref = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      canvasRef.current = canvas;
      measured(canvas);
    },
    [measured],
  );
  const request = useFrame(() => {
    const canvas = canvasRef.current;
    if (canvas === null || size === null || inUnits === null) return;
    const width = Math.max(1, Math.round(size.width * size.ratio));
    const height = Math.max(1, Math.round(size.height * size.ratio));
    const ctx = canvas.getContext('2d');
    if (ctx === null) return;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      forgetFont(ctx);
    }
    ctx.setTransform(inUnits.ratio, 0, 0, inUnits.ratio, 0, 0);
    paint(ctx, inUnits);
  });
  return { ref, request, size };
}

/** The size of an element in CSS px and the device's pixel ratio, kept up through resizes, zooms and moves to another screen. */
export function useSize(): { ref: (element: Element | null) => void; size: CanvasSize | null } {
  const [element, ref] = useState<Element | null>(null);
  const [size, setSize] = useState<CanvasSize | null>(null);
  // Measured before the browser paints: what is laid out by this size stands in its place from the beginning.
  useLayoutEffect(() => {
    if (element === null) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      const ratio = window.devicePixelRatio || 1;
      setSize((before) =>
        before?.width === width && before.height === height && before.ratio === ratio
          ? before
          : { width, height, ratio },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    let media = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const rescale = () => {
      measure();
      media.removeEventListener('change', rescale);
      media = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      media.addEventListener('change', rescale);
    };
    media.addEventListener('change', rescale);
    return () => {
      observer.disconnect();
      media.removeEventListener('change', rescale);
    };
  }, [element]);
  return { ref, size };
}

/**
 * The same 65,536 cells drawn in three ways, in the page: its own raster with `putImageData`, `fillRect` a cell, an SVG
 * rectangle a cell. Milliseconds of JavaScript a repaint, and milliseconds from frame to frame, medians.
 */
export function drawCells(page) {
  return page.evaluate(async () => {
    const COLUMNS = 256;
    const STATES = 13;
    const { app } = window.heapscape;
    const { frame } = app.records.lane(app.store.getState().lanes[1].key);
    const { count } = app.records.operations;
    const positions = Array.from({ length: 8 }, (_, i) => Math.floor(((i + 1) * count) / 9));
    const colours = Array.from({ length: STATES }, (_, state) => `rgb(${state * 19}, ${255 - state * 19}, 128)`);
    const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
    const canvasOf = () => {
      const canvas = document.body.appendChild(document.createElement('canvas'));
      canvas.width = canvas.height = COLUMNS;
      canvas.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 99';
      return canvas;
    };
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    /** JavaScript and frames of `rounds` repaints; the states are worked out before. */
    const measure = async (rounds, prepare, paint) => {
      const spent = [];
      const frames = [];
      let before = await nextFrame();
      for (let round = 0; round < rounds; round++) {
        prepare(round);
        const start = performance.now();
        paint(round);
        spent.push(performance.now() - start);
        const now = await nextFrame();
        frames.push(now - before);
        before = now;
      }
      return { spent: median(spent), frame: median(frames.slice(1)) };
    };
    const states = new Uint8Array(COLUMNS * COLUMNS);
    const readStates = (round) => {
      frame.seek(positions[round % positions.length]);
      for (let page = 0; page < states.length; page++) states[page] = frame.tileState(page, 0, 1);
    };

    const own = canvasOf();
    const ownContext = own.getContext('2d', { alpha: false });
    const sprites = Uint32Array.from({ length: STATES }, (_, state) => (0xff800000 | (state * 19)) >>> 0);
    const target = {
      columns: COLUMNS,
      rows: COLUMNS,
      firstPage: 0,
      cell: 1,
      gap: 0,
      side: 1,
      order: 'address',
      square: null,
      colouring: 'live',
      sprites,
      version: 0,
      paper: 0xff000000,
      tick: 0xff000000,
      slot: 9,
      blit: (pixels, from, to) => ownContext.putImageData(pixels, 0, 0, 0, from, pixels.width, to - from),
    };
    // Timers tick in tenths of a millisecond: eight repaints of everything are timed together.
    const TOGETHER = 8;
    const raster = await measure(
      30,
      () => {},
      () => {
        for (let i = 0; i < TOGETHER; i++) {
          frame.seek(positions[i]);
          frame.raster({ ...target, version: ++target.version });
        }
      },
    );
    raster.spent /= TOGETHER;
    own.remove();

    const filled = canvasOf();
    const context = filled.getContext('2d', { alpha: false });
    const fillRect = await measure(6, readStates, () => {
      for (let page = 0; page < states.length; page++) {
        context.fillStyle = colours[states[page]];
        context.fillRect(page % COLUMNS, Math.floor(page / COLUMNS), 1, 1);
      }
    });
    filled.remove();

    const name = 'http://www.w3.org/2000/svg';
    const picture = document.createElementNS(name, 'svg');
    picture.setAttribute('width', COLUMNS);
    picture.setAttribute('height', COLUMNS);
    picture.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 99';
    const cells = Array.from(states, (_, page) => {
      const cell = document.createElementNS(name, 'rect');
      for (const [key, value] of [
        ['x', page % COLUMNS],
        ['y', Math.floor(page / COLUMNS)],
        ['width', 1],
        ['height', 1],
      ])
        cell.setAttribute(key, value);
      picture.append(cell);
      return cell;
    });
    document.body.append(picture);
    await nextFrame();
    await nextFrame();
    const svg = await measure(5, readStates, () => {
      for (let page = 0; page < states.length; page++) cells[page].setAttribute('fill', colours[states[page]]);
    });
    picture.remove();
    return { raster, fillRect, svg };
  });
}

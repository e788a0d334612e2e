import { AGE_LEVELS, CellState, OTHER_LINES } from '../../model/heap-frame.ts';
import { lineSites } from '../../model/line-sites.ts';
import { colourStrings } from '../../model/strings/colour.ts';
import { grouped } from '../../model/strings/numbers.ts';
import { paintStrings } from '../../model/strings/paint.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { hasRoomForPatterns } from '../../paint/sprites.ts';
import type { Viewport } from '../../paint/viewport.ts';
import { COLOURS } from '../../state/link/share-state.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { lineSprites, SpriteStrip } from './sprite-strip.tsx';
import './legend.css';

const LIVE_LEVELS = [1, 2, 3, 4, 5, 6, 7, 8].map((level) => CellState.Free + level);
const LIVE_RAMP = [CellState.Free, ...LIVE_LEVELS];
const FREE = [CellState.Free];
const DEAD = [CellState.Dead];
const STATIC = [CellState.Static];
const UNTOUCHED = [CellState.Untouched];
/** A strip for each line, made once: 0 to 4, and 5 for the others. */
const LINES = [0, 1, 2, 3, 4, 5].map((site) => [CellState.Live1 + site]);
const OTHERS = LINES[OTHER_LINES - CellState.Live1]!;

interface Props {
  /** Of the map. Null where it says its scale itself and has no choices. */
  readonly viewport: Viewport | null;
  /** May memory be dead here? */
  readonly dead: boolean;
}

/** States the scale of the map and names each of its states, in the order of the encoding; says what colours mean, and chooses it. */
export function Legend({ viewport, dead }: Props) {
  const colour = useFact((state) => state.colour);
  const toned = viewport !== null && !hasRoomForPatterns(viewport.cell, viewport.unit);
  return (
    <section className="legend" aria-label={words.legend.label}>
      {viewport !== null && (
        <>
          <Scale side={viewport.side} />
          <OrderButton />
          <ColourButtons />
        </>
      )}
      {colour === 'live' && (
        <span className="legend-item">
          {words.legend.live} 0
          <SpriteStrip states={LIVE_RAMP} toned={toned} />
          {words.legend.full}
        </span>
      )}
      {colour === 'age' && <Ages toned={toned} />}
      {colour === 'line' && <Lines toned={toned} />}
      {colour !== 'live' && <Item toned={toned} states={FREE} text={colourStrings.legend.free} />}
      {dead && <Item toned={toned} states={DEAD} text={words.legend.dead[0]} more={words.legend.dead[1]} />}
      <Item toned={toned} states={STATIC} text={words.legend.static} />
      <Item toned={toned} states={UNTOUCHED} text={words.legend.untouched} />
      <span className="legend-item">
        <i className="legend-swatch" data-kind="not-grown" aria-hidden="true" />
        {words.legend.notGrown}
      </span>
      <span className="legend-item">
        <i className="legend-swatch" data-kind="changed" aria-hidden="true" />
        {words.legend.changed}
      </span>
    </section>
  );
}

function ColourButtons() {
  const { look } = useApp();
  const colour = useFact((state) => state.colour);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset does not lie in a flex row in every browser
    <span role="group" aria-label={colourStrings.colour.label} className="legend-choices">
      {COLOURS.map((name) => (
        <button
          key={name}
          type="button"
          className="legend-choice"
          aria-pressed={name === colour}
          title={colourStrings.colour.hints[name]}
          onClick={() => look.setColour(name)}
        >
          {colourStrings.colour.names[name]}
        </button>
      ))}
    </span>
  );
}

/** `1 cell = 1 page = 64 KiB, 16 tiles of 4 KiB`. */
export function Scale({ side }: { side: number }) {
  const tiles = side * side;
  const [cell, page, size] = paintStrings.cell;
  return (
    <span className="legend-scale">
      {cell}
      <span className="legend-more">{page}</span>
      {size}
      {tiles > 1 && <span className="legend-tiles">{`, ${paintStrings.tiles(tiles, 64 / tiles)}`}</span>}
    </span>
  );
}

function OrderButton() {
  const { look } = useApp();
  const order = useFact((state) => state.order);
  return (
    <button
      type="button"
      className="legend-choice"
      aria-pressed={order === 'hilbert'}
      aria-label={colourStrings.order.hilbert}
      title={colourStrings.order.hint}
      onClick={() => look.setOrder(order === 'hilbert' ? 'address' : 'hilbert')}
    >
      {colourStrings.order.short}
    </button>
  );
}

function Ages({ toned }: { toned: boolean }) {
  return (
    <span className="legend-item" title={colourStrings.legend.ageScale}>
      {colourStrings.legend.ageFrom(AGE_LEVELS[0])}
      <SpriteStrip states={LIVE_LEVELS} toned={toned} />
      {colourStrings.legend.ageTo(AGE_LEVELS[6])}
      <span className="visually-hidden">{colourStrings.legend.ageScale}</span>
    </span>
  );
}

/** The lines that have a colour in this run, in the order of their colours. */
function Lines({ toned }: { toned: boolean }) {
  const scenario = useFact((state) => state.scenario);
  const sites = scenario === null ? [] : lineSites(scenario.operations);
  if (sites.length === 0) return <span className="legend-item">{colourStrings.legend.noLines}</span>;
  return (
    <span className="legend-item" title={colourStrings.colour.hints.line}>
      {colourStrings.legend.line}
      {sites.map((line, site) => (
        <span key={line} className="legend-line">
          <SpriteStrip states={LINES[site]!} sprites={lineSprites} toned={toned} />
          {grouped(line)}
        </span>
      ))}
      <span className="legend-line">
        <SpriteStrip states={OTHERS} sprites={lineSprites} toned={toned} />
        {colourStrings.legend.otherLines}
      </span>
    </span>
  );
}

interface ItemProps {
  readonly states: readonly number[];
  readonly toned: boolean;
  readonly text: string;
  /** Said where there is room for it. */
  readonly more?: string;
}

function Item({ states, toned, text, more }: ItemProps) {
  return (
    <span className="legend-item">
      <SpriteStrip states={states} toned={toned} />
      <span>
        {text}
        {more !== undefined && <span className="legend-more">{more}</span>}
      </span>
    </span>
  );
}

import { colourStrings } from '../../model/strings/colour.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import './legend.css';

/** States the scale of the map and names each of its states, in the order of the encoding. */
export function Legend({ scale, dead }: { scale: string | null; dead: boolean }) {
  return (
    <section className="legend" aria-label={words.legend.label}>
      {scale !== null && (
        <>
          <span className="legend-scale">{scale}</span>
          <OrderButton />
        </>
      )}
      <span className="legend-item">
        {words.legend.live}
        <span className="legend-ramp" aria-hidden="true">
          {[0, 1, 2, 3, 4, 5, 6, 7, 8].map((level) => (
            <i key={level} style={{ background: `var(--f${level})` }}>
              {level === 0 ? '0' : ''}
            </i>
          ))}
        </span>
        {words.legend.full}
      </span>
      {dead && <Item kind="dead" text={words.legend.dead} />}
      <Item kind="static" text={words.legend.static} />
      <Item kind="untouched" text={words.legend.untouched} />
      <Item kind="not-grown" text={words.legend.notGrown} />
      <Item kind="changed" text={words.legend.changed} />
    </section>
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
      title={colourStrings.order.hint}
      onClick={() => look.setOrder(order === 'hilbert' ? 'address' : 'hilbert')}
    >
      {colourStrings.order.hilbert}
    </button>
  );
}

function Item({ kind, text }: { kind: string; text: string }) {
  return (
    <span className="legend-item">
      <i className="legend-swatch" data-kind={kind} aria-hidden="true" />
      {text}
    </span>
  );
}

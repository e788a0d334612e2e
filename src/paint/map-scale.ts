import { colourStrings } from '../model/strings/colour.ts';
import { roundMemory } from '../model/strings/numbers.ts';
import { paintStrings } from '../model/strings/paint.ts';
import { type CssPx, PAGE_BYTES } from '../model/units.ts';
import { SQUARE_PAGES } from './page-order.ts';
import { axisTicks, rowBytes, type Viewport } from './viewport.ts';

/** What a row of a map stands for, or in Hilbert order a square, as it is said beside maps and in pictures of them. */
export function rowScale(viewport: Viewport): string {
  return viewport.order === 'hilbert'
    ? colourStrings.axis.squareIs(roundMemory(SQUARE_PAGES * PAGE_BYTES))
    : paintStrings.rowIs(roundMemory(rowBytes(viewport)));
}

/** The addresses beside a map in a picture: heights from its upper edge, all in one unit. */
export function axisLabels(viewport: Viewport): readonly { readonly y: CssPx; readonly text: string }[] {
  const unit = rowBytes(viewport) * viewport.rows >= 2 ** 30 ? 'GiB' : 'MiB';
  return axisTicks(viewport).map(({ y, address }) => ({ y, text: paintStrings.axis(address, unit) }));
}

/** What the legend, the orders of pages and the difference of two lanes say. */
export const colourStrings = {
  order: {
    hilbert: 'Hilbert order',
    hint: 'Pages along a Hilbert curve, so that what is near in memory is near on the map (H)',
  },
  axis: {
    squareIs: (size: string) => `1 square = ${size}`,
  },
  announce: {
    order: { address: 'Pages in the order of addresses', hilbert: 'Pages in Hilbert order' },
  },
} as const;

import { expect, test } from 'vitest';
import { isLabHash, labHash, readLabHash } from './lab-hash.ts';

test('a lab with its settings comes back from its link', () => {
  const place = { lab: 'boundary', values: { n: '65536', dir: 'both' } };
  expect(labHash(place)).toBe('#lab=boundary&n=65536&dir=both');
  expect(readLabHash(labHash(place))).toEqual(place);
});

test('other hashes are none of a lab', () => {
  for (const hash of ['', '#', '#1.abc&c=00000000', '#l=holes', 'lab=boundary']) {
    expect(isLabHash(hash), hash).toBe(false);
    expect(readLabHash(hash), hash).toBeNull();
  }
});

test('a hash that cannot be a lab’s is refused, items without form are left out', () => {
  for (const hash of ['#lab=', '#lab=%3Cscript%3E', '#lab=Boundary', `#lab=boundary&n=${'1'.repeat(700)}`]) {
    expect(readLabHash(hash), hash).toBeNull();
  }
  expect(readLabHash('#lab=boundary&n=1=2&N=1&__proto__=1&dir=%22&k&=3&kind=bytes')).toEqual({
    lab: 'boundary',
    values: { kind: 'bytes' },
  });
});

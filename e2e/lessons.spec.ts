import { expect, test } from '@playwright/test';
import { expectSound, SIZES } from './support/axe.ts';
import { HeapscapePage } from './support/heapscape-page.ts';

test('a lesson puts its steps into the real lanes, and the visitor’s own work comes back untouched', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await heapscape.write('repeat 10 { alloc 1000 }');
  await page.keyboard.press('Escape');
  await heapscape.playhead.press('Home');
  for (let i = 0; i < 4; i++) await heapscape.playhead.press('ArrowRight');
  await page.getByRole('button', { name: 'Lessons' }).click();
  await page.getByRole('button', { name: 'Start: Swiss cheese' }).click();
  await heapscape.idle();
  await expect(page.getByRole('heading', { name: 'A heap full of equal blocks' })).toBeVisible();
  expect(await heapscape.position()).toBe(4000);
  await page.getByRole('button', { name: 'line 6', exact: true }).click();
  await heapscape.idle();
  expect(await heapscape.position()).toBe(6000);
  await page.getByRole('button', { name: 'Compare' }).click();
  await heapscape.idle();
  expect(await heapscape.operations()).toBe(10);
  expect(await heapscape.position()).toBe(4);
  await expect(heapscape.editor).toContainText('repeat 10 { alloc 1000 }');
  await expect(page.getByRole('heading', { name: /wee_alloc/ })).toBeVisible();
  await heapscape.expectNoFaults();
});

test('a prediction covers what comes until it is locked in, then stands beside the truth', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.goto('./#l=holes.3');
  await expect(page.getByRole('heading', { name: /Does the next block fit/ })).toBeVisible();
  await heapscape.idle();
  await heapscape.playhead.press('End');
  expect(await heapscape.position()).toBe(6000);
  await expect(page.getByText('Not one of the 900')).toHaveCount(0);
  await page.getByRole('radio', { name: /^36/ }).check();
  await page.keyboard.press('Enter');
  await heapscape.idle();
  expect(await heapscape.position()).toBe(6900);
  await expect(page.getByText('You said 36 pages. Measured: 42 pages.')).toBeAttached();
  await expect(page.getByText('Not one of the 900 went into a hole.')).toBeVisible();
  await page.getByRole('button', { name: 'Reset this step' }).click();
  await heapscape.idle();
  expect(await heapscape.position()).toBe(6000);
  await expect(page.getByRole('radio', { name: /^36/ })).not.toBeChecked();
  await heapscape.expectNoFaults();
});

test('what was typed in a challenge, and its hints, come back after a reload; starting over forgets them', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.goto('./#l=holes.6');
  await heapscape.idle();
  const challenge = page.getByRole('region', { name: 'Challenge' });
  const said = await challenge.innerText();
  const began = await heapscape.editor.innerText();
  await page.getByRole('button', { name: 'Show a hint' }).click();
  const open = page.locator('.cm-line:not(.script-locked)').first();
  await open.click();
  await page.keyboard.press('End');
  await page.keyboard.type(' # mine');
  await heapscape.idle();
  const typed = await heapscape.editor.innerText();
  expect(typed).toContain('# mine');
  const hinted = await challenge.innerText();
  expect(hinted).not.toBe(said);
  await page.reload();
  await heapscape.idle();
  await expect.poll(() => heapscape.editor.innerText()).toBe(typed);
  expect(await challenge.innerText()).toBe(hinted);
  // The others are locked as before.
  await page.locator('.cm-line.script-locked').first().click();
  await page.keyboard.type('x');
  expect(await heapscape.editor.innerText()).toBe(typed);
  await page.getByRole('button', { name: 'Start over' }).click();
  await heapscape.idle();
  await expect.poll(() => heapscape.editor.innerText()).toBe(began);
  await page.reload();
  await heapscape.idle();
  await expect.poll(() => heapscape.editor.innerText()).toBe(began);
  await heapscape.expectNoFaults();
});

test('a challenge locks all lines but its own, and is solved by what is typed there', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.goto('./#l=holes.6');
  await expect(page.getByRole('heading', { name: 'Make the large blocks fit' })).toBeVisible();
  await heapscape.idle();
  await expect(page.getByText('does not hold (A: 42)')).toBeVisible();
  await heapscape.editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('alloc 1');
  await expect(heapscape.editor).toContainText('repeat 4000 as i');
  await page.locator('.cm-line', { hasText: 'free every 2nd' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type(' [');
  await heapscape.idle();
  await expect(page.getByRole('region', { name: 'Messages' })).toBeInViewport();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.insertText('free p[0..1999]');
  await heapscape.idle();
  await expect(page.getByText('All checks hold.')).toBeVisible();
  await page.getByRole('button', { name: 'Start over' }).click();
  await heapscape.idle();
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Show a hint' }).click();
  await page.getByRole('button', { name: 'Show the solution' }).click();
  await heapscape.idle();
  await expect(page.getByText('This is one solution.')).toBeVisible();
  await heapscape.expectNoFaults();
});

test('progress is kept, and a step’s address comes back to it', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.keyboard.press('l');
  await page.getByRole('button', { name: 'Start: Swiss cheese' }).click();
  await heapscape.idle();
  await page.getByRole('heading', { level: 2, name: 'A heap full' }).press('l');
  await heapscape.idle();
  await expect(page.getByRole('heading', { name: 'Half of it comes back' })).toBeFocused();
  expect(page.url()).toMatch(/#l=holes\.2$/);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Half of it comes back' })).toBeVisible();
  await heapscape.idle();
  await page.getByRole('button', { name: 'Leave the lesson' }).click();
  await heapscape.idle();
  expect(page.url()).not.toContain('#');
  await expect(page.getByRole('button', { name: /Go on with Swiss cheese, step 2/ })).toBeVisible();
  await page.goto('./#l=nothing');
  await expect(page.getByRole('alert')).toContainText('nothing');
  await heapscape.expectNoFaults();
});

test('a curve is drawn on the covered part of the chart, and stays beside the truth', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.goto('./#l=pages.3');
  await expect(page.getByRole('heading', { name: /Everything goes/ })).toBeVisible();
  await heapscape.idle();
  const box = (await heapscape.playhead.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.88, box.y + box.height * 0.6, { steps: 12 });
  await page.mouse.up();
  expect(await heapscape.position()).toBe(60);
  const end = page.getByRole('spinbutton', { name: 'at the end' });
  expect(Number(await end.inputValue())).toBeGreaterThan(0);
  await end.fill('12');
  await page.getByRole('button', { name: 'Lock in and see' }).click();
  await heapscape.idle();
  expect(await heapscape.position()).toBe(150);
  await expect(end).toHaveValue('12');
  await expect(page.getByText('The line stays level.')).toBeVisible();
  await heapscape.expectNoFaults();
});

test('a step is gone through with the keyboard alone', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.keyboard.press('l');
  await page.getByRole('button', { name: 'Start: Pages and linear memory' }).press('Enter');
  await heapscape.idle();
  await page.getByRole('heading', { name: 'One long row of bytes' }).press('l');
  await heapscape.idle();
  await expect(page.getByRole('heading', { name: 'When does a page come?' })).toBeFocused();
  // From the headline on: two words of the prose, then the first option.
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await heapscape.idle();
  await expect(page.getByText('You said 3 pages. Measured: 3 pages.')).toBeAttached();
  await heapscape.expectNoFaults();
});

test('an underlined line is boxed in the script, what is selected is named with its address, findings stand at the needle', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.goto('./#l=corruption.4');
  await heapscape.idle();
  await page.getByRole('button', { name: 'Line 5', exact: true }).click();
  await expect(page.locator('.cm-line.script-picked')).toHaveText('free a');
  await page.getByRole('button', { name: 'op 6', exact: true }).click();
  const near = page.getByRole('region', { name: '1 KiB of page 1 of B' });
  await page.getByRole('button', { name: 'x in B' }).click();
  await expect(near).toContainText('x, 0x00010000, 64 B');
  await page.getByRole('button', { name: 'y in B' }).click();
  await expect(near).toContainText('y, 0x00010000, 64 B');
  await page.goto('./#l=corruption.6');
  await heapscape.idle();
  await page.getByRole('button', { name: 'Show without a prediction' }).click();
  await heapscape.idle();
  await page.getByRole('button', { name: 'is freed' }).click();
  await expect(page.getByRole('list', { name: 'Findings at the needle' })).toContainText(
    /B guard: a write past a block’s end is over its canary/,
  );
  await heapscape.expectNoFaults();
});

test('the browser’s Back goes from step to step and at last to the list; a step that there is not is no place to come back to', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.keyboard.press('l');
  await page.getByRole('button', { name: 'Start: Swiss cheese' }).press('Enter');
  await heapscape.idle();
  await expect(page.getByRole('heading', { name: 'A heap full' })).toBeFocused();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await heapscape.idle();
  await page.goBack();
  await heapscape.idle();
  await expect(page.getByRole('heading', { name: 'A heap full' })).toBeVisible();
  await page.goForward();
  await heapscape.idle();
  await expect(page.getByRole('heading', { name: 'Half of it comes back' })).toBeVisible();
  await page.goBack();
  await page.goBack();
  await heapscape.idle();
  await expect(page.getByRole('button', { name: /Swiss cheese, step 2/ })).toBeVisible();
  await page.evaluate(() => {
    location.hash = '#l=holes.99';
  });
  await expect(page.getByRole('heading', { name: 'Make the large blocks fit' })).toBeVisible();
  await heapscape.idle();
  expect(page.url()).toMatch(/#l=holes\.6$/);
  await page.goBack();
  await heapscape.idle();
  await expect(page.getByRole('button', { name: 'Again: Swiss cheese' })).toBeVisible();
  await heapscape.expectNoFaults();
});

test('the way past the bar keeps the step’s address', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.goto('./#l=holes.2');
  await heapscape.idle();
  await page.getByRole('button', { name: 'Skip to the maps' }).press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  expect(page.url()).toMatch(/#l=holes\.2$/);
});

test('a number is typed digit by digit, and nonsense locks nothing in', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.goto('./#l=dlmalloc.4');
  await heapscape.idle();
  const number = page.getByRole('spinbutton', { name: 'pages' });
  const lock = page.getByRole('button', { name: 'Lock in and see' });
  await expect(page.getByText('5 to 30')).toBeVisible();
  await number.focus();
  // A digit that is below the least is on the way to a number that is not.
  await page.keyboard.type('25');
  await expect(number).toHaveValue('25');
  await expect(lock).toBeEnabled();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await expect(number).toHaveValue('');
  await expect(lock).toBeDisabled();
  await page.keyboard.type('-7');
  await page.keyboard.press('Enter');
  await expect(lock).toBeDisabled();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('999');
  await expect(lock).toBeDisabled();
  await page.keyboard.press('Tab');
  await expect(number).toHaveValue('30');
  await expect(lock).toBeEnabled();
  await heapscape.expectNoFaults();
});

test('on a phone every step begins at its headline, and a word brings what it moves into sight', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.goto('./#l=corruption.1');
  await heapscape.idle();
  for (const title of ['Twenty bytes too far', 'A name that outlives its block', 'Freed twice']) {
    await page.getByRole('button', { name: 'Next' }).click();
    await heapscape.idle();
    await expect(page.getByRole('heading', { name: title })).toBeInViewport();
  }
  await page.getByRole('button', { name: 'Line 5', exact: true }).click();
  await expect(page.locator('.cm-line.script-picked')).toBeInViewport();
  await page.getByRole('button', { name: 'op 6', exact: true }).click();
  await page.getByRole('button', { name: 'x in B' }).click();
  await expect(page.getByRole('grid', { name: /lane B/ })).toBeInViewport({ ratio: 0.9 });
  await heapscape.expectNoFaults();
});

test('on a phone every lane of a lesson can be looked at, and nothing lies over what follows the maps', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.goto('./#l=headers.3');
  await heapscape.idle();
  const lanes = page.getByRole('region', { name: 'Lanes' });
  await lanes.getByRole('button', { name: /Pool/ }).click();
  await expect(page.getByRole('grid', { name: /lane D/ })).toBeVisible();
  expect((await lanes.boundingBox())!.height).toBeGreaterThan(50);
  const ends = (await page.locator('.lessons .legend').boundingBox())!;
  const begins = (await page.locator('.lesson-source').boundingBox())!;
  expect(begins.y).toBeGreaterThanOrEqual(ends.y + ends.height);
  await heapscape.expectNoFaults();
});

test('a lane that traps moves nothing, and the line that runs is in sight', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.goto('./#l=corruption.6');
  await heapscape.idle();
  const heading = page.getByRole('heading', { name: 'What a guard finds' });
  const before = await heading.boundingBox();
  await expect(page.getByText(/Lane A: trapped/)).toBeHidden();
  await page.getByRole('button', { name: 'Show without a prediction' }).click();
  await heapscape.idle();
  await expect(page.getByRole('alert')).toContainText('Lane A: trapped');
  expect(await heading.boundingBox()).toEqual(before);
  const script = (await page.locator('.lesson-script').boundingBox())!;
  const line = (await page.locator('.cm-line.script-now').boundingBox())!;
  expect(line.y + line.height).toBeLessThanOrEqual(script.y + script.height + 1);
  await heapscape.expectNoFaults();
});

test('a script that was changed after the reveal says that the guess was about another', async ({ page }) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open();
  await page.goto('./#l=holes.3');
  await heapscape.idle();
  await page.getByRole('radio', { name: /^36/ }).check();
  await page.keyboard.press('Enter');
  await heapscape.idle();
  const note = page.getByText('Of the script as it was then');
  await expect(note).toHaveCount(0);
  await page.locator('.cm-line', { hasText: 'alloc 904' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type(' # again');
  await heapscape.idle();
  await expect(note).toBeVisible();
  await heapscape.expectNoFaults();
});

test('a step on paper is its words, its script and its numbers on white, then the lanes; what is covered stays so', async ({
  page,
}) => {
  const heapscape = new HeapscapePage(page);
  await heapscape.open({ theme: 'dark' });
  await page.goto('./#l=holes.3');
  await heapscape.idle();
  await page.locator('.print-sheet').waitFor({ state: 'attached' });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(2);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.getByRole('heading', { name: /Does the next block fit/ })).toBeVisible();
  await expect(page.locator('.lesson-facts')).toBeVisible();
  await expect(page.locator('.lesson-nav')).toBeHidden();
  const sheet = page.getByRole('img', { name: /Swiss cheese/ });
  await expect(sheet).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('.lesson-nav')).toBeVisible();
  await heapscape.expectNoFaults();
});

for (const theme of ['light', 'dark'] as const) {
  for (const size of SIZES) {
    test(`axe finds nothing serious in the lessons at ${size.width} × ${size.height}, ${theme}`, async ({ page }) => {
      await page.setViewportSize(size);
      const heapscape = new HeapscapePage(page);
      await heapscape.open({ theme });
      for (const place of ['nothing', 'holes.3', 'holes.6']) {
        await page.goto(`./#l=${place}`);
        await heapscape.idle();
        await expect(page.getByRole('main')).toBeVisible();
        await heapscape.idle();
        await expectSound(page, { state: place });
      }
      await heapscape.expectNoFaults();
    });
  }
}

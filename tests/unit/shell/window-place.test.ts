import { expect, test } from 'vitest';
import { WindowPlace } from '../../../electron/shell/window-place.ts';

const RESULT = { view: 'result', runId: 'a' } as const;
const SETTINGS = { view: 'settings' } as const;

test('a view that was asked for is used once, also by a page that was open already', () => {
  const place = new WindowPlace();
  expect(place.forNewPage()).toBeNull();
  place.want(RESULT);
  place.reached(RESULT);
  place.reached(SETTINGS);
  expect(place.forNewPage()).toEqual(SETTINGS);
});

test('it stays wanted when the page that should show it goes away before it did', () => {
  const place = new WindowPlace();
  place.reached(SETTINGS);
  place.want(RESULT);
  expect(place.forNewPage()).toEqual(RESULT);
  expect(place.forNewPage()).toEqual(RESULT);
});

test('a report of the view before, still on its way, does not clear it', () => {
  const place = new WindowPlace();
  place.want(RESULT);
  place.reached(SETTINGS);
  place.reached({ view: 'result', runId: 'b' });
  expect(place.forNewPage()).toEqual(RESULT);
  place.reached(RESULT);
  expect(place.forNewPage()).toEqual(RESULT);
  place.reached({ view: 'launch' });
  expect(place.forNewPage()).toEqual({ view: 'launch' });
});

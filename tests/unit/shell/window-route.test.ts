import { expect, test } from 'vitest';
import { WindowRoute } from '../../../electron/shell/window-route.ts';

const RESULT = { view: 'result', runId: 'a' } as const;
const SETTINGS = { view: 'settings' } as const;

test('a view that was asked for is used once, also by a page that was open already', () => {
  const route = new WindowRoute();
  expect(route.forNewPage()).toBeNull();
  route.want(RESULT);
  route.reached(RESULT);
  route.reached(SETTINGS);
  expect(route.forNewPage()).toEqual(SETTINGS);
});

test('it stays wanted when the page that should show it goes away before it did', () => {
  const route = new WindowRoute();
  route.reached(SETTINGS);
  route.want(RESULT);
  expect(route.forNewPage()).toEqual(RESULT);
  expect(route.forNewPage()).toEqual(RESULT);
});

test('a report of the view before, still on its way, does not clear it', () => {
  const route = new WindowRoute();
  route.want(RESULT);
  route.reached(SETTINGS);
  route.reached({ view: 'result', runId: 'b' });
  expect(route.forNewPage()).toEqual(RESULT);
  route.reached(RESULT);
  expect(route.forNewPage()).toEqual(RESULT);
  route.reached({ view: 'launch' });
  expect(route.forNewPage()).toEqual({ view: 'launch' });
});

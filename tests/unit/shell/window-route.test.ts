import { expect, test } from 'vitest';
import { WindowRoute } from '../../../electron/shell/window-route.ts';

const RESULT = { view: 'result', runId: 'a' } as const;
const SETTINGS = { view: 'settings' } as const;

test('a wanted route is used once, also by an open page', () => {
  const route = new WindowRoute();
  expect(route.forNewPage()).toBeNull();
  route.want(RESULT);
  route.reached(RESULT);
  route.reached(SETTINGS);
  expect(route.forNewPage()).toEqual(SETTINGS);
});

test('a route stays wanted when its page closes before showing it', () => {
  const route = new WindowRoute();
  route.reached(SETTINGS);
  route.want(RESULT);
  expect(route.forNewPage()).toEqual(RESULT);
  expect(route.forNewPage()).toEqual(RESULT);
});

test('a late report of the former route does not clear the wanted one', () => {
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

import { expect, test } from 'vitest';
import { TrayClick } from '../../../electron/shell/tray-click.ts';

const HIDDEN = { isVisible: false, isFocused: false, blurredAt: null };
const IN_FRONT = { isVisible: true, isFocused: true, blurredAt: null };

function aClick(): { at: (ms: number) => TrayClick } {
  let now = 0;
  const click = new TrayClick(() => now);
  return {
    at: (ms) => {
      now = ms;
      return click;
    },
  };
}

test('a click shows the window and the next one hides it', () => {
  const click = aClick();
  expect(click.at(10_000).next(HIDDEN)).toBe('show');
  expect(click.at(12_000).next(IN_FRONT)).toBe('hide');
  expect(click.at(14_000).next(HIDDEN)).toBe('show');
});

test('the second click of a double click is ignored', () => {
  const click = aClick();
  expect(click.at(10_000).next(HIDDEN)).toBe('show');
  expect(click.at(10_250).next(IN_FRONT)).toBe('none');
  expect(click.at(10_500).next(IN_FRONT)).toBe('hide');
});

test('a window that lost the focus by the click is hidden', () => {
  const click = aClick();
  expect(click.at(10_000).next({ isVisible: true, isFocused: false, blurredAt: 9_900 })).toBe('hide');
});

test('a window behind others is shown', () => {
  const click = aClick();
  expect(click.at(10_000).next({ isVisible: true, isFocused: false, blurredAt: 4_000 })).toBe('show');
  expect(click.at(20_000).next({ isVisible: true, isFocused: false, blurredAt: null })).toBe('show');
});

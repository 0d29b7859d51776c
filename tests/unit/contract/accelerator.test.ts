import { expect, it } from 'vitest';
import { isAccelerator } from '../../../electron/contract/accelerator.ts';

it.each(['Control+Alt+O', 'Command+Shift+Space', 'Super+F12', 'Alt+Up'])('accepts %s', (text) => {
  expect(isAccelerator(text)).toBe(true);
});

it.each([
  '',
  'O',
  'Shift+O',
  'Control',
  'Control+Control+O',
  'Control+o',
  'Control+F25',
  'Hyper+O',
  'Control+O+',
  'Control+Ö',
])('refuses %j', (text) => {
  expect(isAccelerator(text)).toBe(false);
});

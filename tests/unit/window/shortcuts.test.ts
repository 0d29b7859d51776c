import { describe, expect, it } from 'vitest';
import { isAccelerator } from '../../../electron/contract/accelerator.ts';
import { acceleratorOf, keyWords, pressedShortcut, SHORTCUTS } from '../../../renderer/src/lib/shortcuts.ts';

const press = (key: string, held: Partial<Parameters<typeof acceleratorOf>[0]> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('the text of keys', () => {
  it('uses the symbols of the platform', () => {
    expect(keyWords(['Mod', 'Enter'], 'mac')).toBe('⌘↵');
    expect(keyWords(['Mod', 'Enter'], 'linux')).toBe('Ctrl+Enter');
    expect(keyWords(['Mod', 'o'], 'windows')).toBe('Ctrl+O');
    expect(keyWords(['Control', 'Super', 'F2'], 'windows')).toBe('Ctrl+Win+F2');
    expect(keyWords(['Control', 'Alt', 'Shift', 'Space'], 'mac')).toBe('⌃⌥⇧Space');
    expect(keyWords(['Escape'], 'linux')).toBe('Esc');
  });

  it('lists every shortcut of a view once', () => {
    const keys = SHORTCUTS.map(({ where, keys }) => `${where} ${keyWords(keys, 'linux')}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('a pressed key', () => {
  it('is matched with the platform’s modifier', () => {
    expect(pressedShortcut(press('1', { ctrlKey: true }), 'linux')?.id).toBe('launch');
    expect(pressedShortcut(press('1', { metaKey: true }), 'linux')).toBeUndefined();
    expect(pressedShortcut(press('1', { metaKey: true }), 'mac')?.id).toBe('launch');
    expect(pressedShortcut(press(',', { ctrlKey: true }), 'windows')?.id).toBe('settings');
    expect(pressedShortcut(press('?', { shiftKey: true }), 'linux')?.id).toBe('sheet');
  });

  it('matches a letter with or without Caps Lock, and another one with Shift', () => {
    expect(pressedShortcut(press('q', { ctrlKey: true }), 'linux')?.id).toBe('quit');
    expect(pressedShortcut(press('Q', { ctrlKey: true }), 'linux')?.id).toBe('quit');
    expect(pressedShortcut(press('z', { ctrlKey: true }), 'linux')?.id).toBe('undo');
    expect(pressedShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'linux')?.id).toBe('redo');
    expect(pressedShortcut(press('z', { metaKey: true, shiftKey: true }), 'mac')?.id).toBe('redo');
    expect(pressedShortcut(press('Q', { ctrlKey: true, shiftKey: true }), 'linux')).toBeUndefined();
  });

  it('matches nothing when it writes a letter, or belongs to a view', () => {
    expect(pressedShortcut(press('1'), 'linux')).toBeUndefined();
    expect(pressedShortcut(press('2', { ctrlKey: true, altKey: true }), 'windows')).toBeUndefined();
    expect(pressedShortcut(press('Enter', { ctrlKey: true }), 'linux')).toBeUndefined();
    expect(pressedShortcut(press('/'), 'linux')).toBeUndefined();
  });
});

describe('global keys', () => {
  it.each([
    [press('o', { ctrlKey: true, altKey: true }), 'linux', 'Control+Alt+O'],
    // Option types another character, so the position of the key counts.
    [press('ø', { code: 'KeyO', metaKey: true, altKey: true }), 'mac', 'Command+Alt+O'],
    [press('!', { code: 'Digit1', ctrlKey: true, shiftKey: true }), 'linux', 'Control+Shift+1'],
    [press(' ', { metaKey: true }), 'windows', 'Super+Space'],
    [press('F9', { altKey: true }), 'linux', 'Alt+F9'],
    [press('ArrowUp', { ctrlKey: true }), 'linux', 'Control+Up'],
  ] as const)('are read from a press (%#)', (pressed, platform, accelerator) => {
    expect(acceleratorOf(pressed, platform)).toBe(accelerator);
    expect(isAccelerator(accelerator)).toBe(true);
  });

  it('need more than modifiers, and never a letter alone', () => {
    expect(acceleratorOf(press('Control', { ctrlKey: true }), 'linux')).toBeNull();
    expect(acceleratorOf(press('o'), 'linux')).toBeNull();
    expect(acceleratorOf(press('O', { shiftKey: true }), 'linux')).toBeNull();
  });
});

/** Global shortcuts in Electron's notation: `Control+Alt+O`. */

const MODIFIERS = ['Control', 'Command', 'Alt', 'Shift', 'Super'];
/** Keys that every keyboard has and that other programs can do without. */
const KEY = /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|Space|Up|Down|Left|Right|Home|End|PageUp|PageDown|Insert)$/;

/** Whether a text is a shortcut: one of `KEY`, with different modifiers, at least one of which is not Shift. */
export function isAccelerator(text: string): boolean {
  const parts = text.split('+');
  const [key = '', ...modifiers] = parts.toReversed();
  return (
    KEY.test(key) &&
    modifiers.every((modifier) => MODIFIERS.includes(modifier)) &&
    new Set(modifiers).size === modifiers.length &&
    modifiers.some((modifier) => modifier !== 'Shift')
  );
}

/** Keys that work from anywhere, written as Electron does: `Control+Alt+O`. */

const MODIFIERS = ['Control', 'Command', 'Alt', 'Shift', 'Super'];
/** Keys that every keyboard has, and that a person may want to give away. */
const KEY = /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|Space|Up|Down|Left|Right|Home|End|PageUp|PageDown|Insert)$/;

/** Whether these are keys that can be taken: one of ours with modifiers, more than Shift alone, each once. */
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

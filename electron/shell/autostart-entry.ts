/**
 * The desktop entry that starts the program at login (freedesktop.org: Desktop Application Autostart and Desktop Entry
 * specifications) as text. login-item.ts reads and writes the file.
 */

/** The program and its arguments. */
export type Command = readonly [program: string, ...rest: string[]];

/** Returns an entry that starts `command`. */
export const autostartEntry = (command: Command): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=OmniTray',
    'Comment=Runs recipes of Omnitool on files you drop',
    `Exec=${command.map(quoted).join(' ')}`,
    'Icon=omnitray',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');

/** Whether an entry is enabled. The desktop's own settings disable an entry by a key in it. */
export function startsAnything(entry: string): boolean {
  const keys = keysOf(entry);
  return (
    (keys.get('Exec') ?? '') !== '' &&
    keys.get('Hidden') !== 'true' &&
    keys.get('X-GNOME-Autostart-enabled') !== 'false'
  );
}

/**
 * Quotes one argument of `Exec`. Two rules apply one after the other: inside quotes, `"`, `` ` ``, `$` and `\` are escaped
 * by a `\`; and in every value each `\` is doubled. A `%` begins a field code, so it is doubled too.
 */
function quoted(argument: string): string {
  const inQuotes = argument.replaceAll(/["`$\\]/g, String.raw`\$&`);
  const inValue = inQuotes
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`);
  return `"${inValue.replaceAll('%', '%%')}"`;
}

function keysOf(entry: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  let group = '';
  for (const line of entry.split(/\r?\n/)) {
    if (line.startsWith('[')) group = line.trim();
    const at = line.indexOf('=');
    if (group === '[Desktop Entry]' && at > 0) keys.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  return keys;
}

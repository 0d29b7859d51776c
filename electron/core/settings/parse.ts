import { SERVER_LEFT_OUT, settingResetWords } from '../../contract/text/repairs.ts';
import { DEFAULTS, profileSchema, SCHEMAS, type Settings } from './schema.ts';

/** What a settings file holds. */
export interface ParsedSettings {
  readonly settings: Settings;
  /** What was repaired, as text for the user. */
  readonly notes: readonly string[];
}

/** Parses a settings file. An invalid field gets its default, an invalid profile is left out; the rest is kept. */
export function parseSettings(stored: Readonly<Record<string, unknown>>): ParsedSettings {
  const notes: string[] = [];
  const valueOf = (name: keyof Settings): unknown => {
    if (stored[name] === undefined) return DEFAULTS[name];
    const parsed = SCHEMAS[name].safeParse(stored[name]);
    if (!parsed.success) notes.push(settingResetWords(name));
    return parsed.success ? parsed.data : DEFAULTS[name];
  };
  const profiles = profilesOf(stored.profiles, notes);
  const names = (Object.keys(DEFAULTS) as (keyof Settings)[]).filter((name) => name !== 'profiles');
  const parsed = { ...Object.fromEntries(names.map((name) => [name, valueOf(name)])), profiles } as Settings;
  const isKnown = profiles.some(({ id }) => id === parsed.activeProfileId);
  return {
    settings: { ...parsed, activeProfileId: isKnown ? parsed.activeProfileId : (profiles[0]?.id ?? null) },
    notes,
  };
}

function profilesOf(stored: unknown, notes: string[]): Settings['profiles'] {
  if (stored === undefined) return DEFAULTS.profiles;
  const profiles = (Array.isArray(stored) ? stored : [null]).map((profile) => profileSchema.safeParse(profile));
  const sound = profiles.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const distinct = sound.filter(({ id }, position) => sound.findIndex((other) => other.id === id) === position);
  if (distinct.length < profiles.length) notes.push(SERVER_LEFT_OUT);
  return distinct;
}

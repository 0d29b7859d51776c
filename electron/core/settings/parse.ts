import type { z } from 'zod';
import type { Settings } from './schema.ts';
import { DEFAULTS, FIELDS, profileSchema } from './schema.ts';

export interface ParsedSettings {
  readonly settings: Settings;
  /** What was mended, in words for the person whose settings they are. */
  readonly notes: readonly string[];
}

/** Reads a settings file. A field that makes no sense falls back by itself, a broken profile is left out by itself. */
export function parseSettings(stored: Readonly<Record<string, unknown>>): ParsedSettings {
  const notes: string[] = [];
  const field = <T>(name: keyof Settings, schema: z.ZodType<T>, fallback: T): T => {
    if (stored[name] === undefined) return fallback;
    const parsed = schema.safeParse(stored[name]);
    if (!parsed.success) notes.push(`The setting "${name}" could not be read and was put back to its default.`);
    return parsed.success ? parsed.data : fallback;
  };
  const profiles = profilesOf(stored.profiles, notes);
  const active = field('activeProfileId', FIELDS.activeProfileId, DEFAULTS.activeProfileId);
  const settings: Settings = {
    profiles,
    activeProfileId: profiles.some(({ id }) => id === active) ? active : (profiles[0]?.id ?? null),
    leftInKeychain: field('leftInKeychain', FIELDS.leftInKeychain, [...DEFAULTS.leftInKeychain]),
    theme: field('theme', FIELDS.theme, DEFAULTS.theme),
    notifyWhen: field('notifyWhen', FIELDS.notifyWhen, DEFAULTS.notifyWhen),
    notifyElsewhere: field('notifyElsewhere', FIELDS.notifyElsewhere, DEFAULTS.notifyElsewhere),
    notifyDetails: field('notifyDetails', FIELDS.notifyDetails, DEFAULTS.notifyDetails),
    textSize: field('textSize', FIELDS.textSize, DEFAULTS.textSize),
    motion: field('motion', FIELDS.motion, DEFAULTS.motion),
    shortcut: field('shortcut', FIELDS.shortcut, DEFAULTS.shortcut),
    guideDone: field('guideDone', FIELDS.guideDone, DEFAULTS.guideDone),
    paused: field('paused', FIELDS.paused, DEFAULTS.paused),
    keepInputs: field('keepInputs', FIELDS.keepInputs, DEFAULTS.keepInputs),
    adoptAlone: field('adoptAlone', FIELDS.adoptAlone, DEFAULTS.adoptAlone),
    undoStart: field('undoStart', FIELDS.undoStart, DEFAULTS.undoStart),
    parallelRuns: field('parallelRuns', FIELDS.parallelRuns, DEFAULTS.parallelRuns),
    keepDays: field('keepDays', FIELDS.keepDays, DEFAULTS.keepDays),
    keepBytes: field('keepBytes', FIELDS.keepBytes, DEFAULTS.keepBytes),
    largestFileBytes: field('largestFileBytes', FIELDS.largestFileBytes, DEFAULTS.largestFileBytes),
    reserveBytes: field('reserveBytes', FIELDS.reserveBytes, DEFAULTS.reserveBytes),
    saveRule: field('saveRule', FIELDS.saveRule, DEFAULTS.saveRule),
    whenClosed: field('whenClosed', FIELDS.whenClosed, DEFAULTS.whenClosed),
    closingExplained: field('closingExplained', FIELDS.closingExplained, DEFAULTS.closingExplained),
  };
  return { settings, notes };
}

function profilesOf(stored: unknown, notes: string[]): Settings['profiles'] {
  if (stored === undefined) return DEFAULTS.profiles;
  const profiles = (Array.isArray(stored) ? stored : [null]).map((profile) => profileSchema.safeParse(profile));
  const sound = profiles.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const distinct = sound.filter(({ id }, position) => sound.findIndex((other) => other.id === id) === position);
  if (distinct.length < profiles.length) {
    notes.push('A saved server could not be read and was left out. Connect to it again to add it.');
  }
  return distinct;
}

import { afterEach, beforeEach, expect, vi } from 'vitest';

/** Fails every component test in which Svelte warns at run time: its warnings are faults of the page (derived_inert, say). */
const warn = vi.spyOn(console, 'warn');

beforeEach(() => {
  warn.mockClear();
});

afterEach(() => {
  const warnings = warn.mock.calls.map(([first]) => String(first)).filter((text) => text.includes('[svelte]'));
  expect(warnings).toEqual([]);
});

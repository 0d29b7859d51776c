import { describe, expect, it } from 'vitest';
import { fitScale, fitted, isZoomed, movedBy, scaledTo } from '../../../renderer/src/views/result/pictures/zoom.ts';

const sheet = { viewport: { width: 400, height: 300 }, picture: { width: 800, height: 400 } };

describe('a picture in its frame', () => {
  it('is whole and centred, and never enlarged', () => {
    expect(fitted(sheet)).toEqual({ scale: 0.5, x: 0, y: 50 });
    expect(fitScale({ ...sheet, picture: { width: 10, height: 10 } })).toBe(1);
  });

  it('zooms towards the pointer', () => {
    const at = { x: 100, y: 150 };
    const before = fitted(sheet);
    const after = scaledTo(sheet, before, 2, at);
    const pointAt = ({ scale, x, y }: typeof before) => [(at.x - x) / scale, (at.y - y) / scale];
    expect(pointAt(after)).toEqual(pointAt(before));
    expect(isZoomed(sheet, after)).toBe(true);
  });

  it('has a smallest and a largest scale', () => {
    expect(scaledTo(sheet, fitted(sheet), 0.01, { x: 0, y: 0 })).toEqual(fitted(sheet));
    expect(scaledTo(sheet, fitted(sheet), 1_000, { x: 0, y: 0 }).scale).toBe(32);
  });

  it('stays in view when it is moved', () => {
    const large = scaledTo(sheet, fitted(sheet), 1, { x: 0, y: 0 });
    expect(movedBy(sheet, large, { x: -10_000, y: -10_000 })).toEqual({ scale: 1, x: -400, y: -100 });
    expect(movedBy(sheet, large, { x: 10_000, y: 10_000 })).toEqual({ scale: 1, x: 0, y: 0 });
  });
});

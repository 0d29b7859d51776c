import { expect, it } from 'vitest';
import { Emitter } from '../../../electron/core/base/emitter.ts';

interface Events {
  started: string;
  ended: number;
}

it('calls the listeners of an event until they unsubscribe', () => {
  const emitter = new Emitter<Events>();
  const received: unknown[] = [];
  const end = emitter.on('started', (name) => received.push(name));
  emitter.on('ended', (code) => received.push(code));
  emitter.emit('started', 'a');
  emitter.emit('ended', 1);
  end();
  emitter.emit('started', 'b');
  expect(received).toEqual(['a', 1]);
});

it('calls all listeners of an event before it throws their failures', () => {
  const emitter = new Emitter<Events>();
  const received: string[] = [];
  emitter.on('started', () => {
    throw new Error('broken');
  });
  emitter.on('started', (name) => received.push(name));
  expect(() => emitter.emit('started', 'a')).toThrow(AggregateError);
  expect(received).toEqual(['a']);
});

/** Samples in a second, one byte each. */
const RATE = 8_000;
const SECONDS = 0.25;

/** A quarter of a second of a sine wave as a WAV file (RIFF, PCM, mono, 8 bit). `pitch` is in Hz. */
export function tone(pitch: number): Buffer {
  const samples = Buffer.alloc(RATE * SECONDS);
  for (let at = 0; at < samples.length; at++) {
    samples.writeUInt8(128 + Math.round(100 * Math.sin((2 * Math.PI * pitch * at) / RATE)), at);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** 32 MiB in bytes, the largest file and the largest body (wire 4, 5). */
export const BODY_LIMIT = 33_554_432;

/** A PNG of one pixel. */
export const PICTURE = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

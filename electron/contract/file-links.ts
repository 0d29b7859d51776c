/** The characters of a file's id (wire 5): `98,82et7yirh4`. An ending may follow it, and its comma may be encoded. */
const FILE_PATH = /^\/fid\/([\w-]{1,64}(?:(?:,|%2c)[\w-]{1,64})?)(?:\.[a-z\d]{1,16})?(?:[?#][^\s]*)?$/i;
const ADDRESS = /^(https?:\/\/[^\s/?#\\@]+)(\/.*)$/i;

/**
 * The id of the file that an address in an answer leads to (wire 13.5). Null for everything but a file of this server: other
 * hosts, other paths, and anything that would have to be resolved first.
 *
 * @param origin of the run's server
 */
export function linkedFid(address: string, origin: string): string | null {
  const whole = ADDRESS.exec(address);
  if (whole !== null && originOf(whole[1] ?? '') !== originOf(origin)) return null;
  const [, fid] = FILE_PATH.exec(whole?.[2] ?? address) ?? [];
  return fid?.replace(/%2c/i, ',') ?? null;
}

/** The scheme and host, without the port that the scheme has anyway. */
const originOf = (address: string): string =>
  address
    .toLowerCase()
    .replace(/^(http:\/\/[^/]+):80$/, '$1')
    .replace(/^(https:\/\/[^/]+):443$/, '$1');

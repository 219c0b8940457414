// @ts-check
// The id that the fragment of an address names.

/**
 * Return the id; of a fragment that cannot be decoded, such as “#50%”, what is written.
 * @param {string} hash  with the “#”
 */
export function idIn(hash) {
  const written = hash.slice(1)
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

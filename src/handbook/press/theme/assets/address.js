// @ts-check
// Addresses: that of this page, and the id that a fragment names.

/** Return the address of this page without a fragment, and without the words that a search has marked. */
export function here() {
  const address = new URL(location.href)
  address.hash = ""
  address.searchParams.delete("h") // Material's, where a site has its results marked on their pages
  return address.href
}

/**
 * Return the id that a fragment names; of one that cannot be decoded, such as “#50%”, what is written.
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

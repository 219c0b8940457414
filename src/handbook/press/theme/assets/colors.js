// @ts-check
// Pages of the site that are not the theme's, such as histories, follow the button of the theme: they
// have the colors that the reader has chosen there, and those of the device as long as nothing is chosen.
// It runs in the head, behind the style sheet, so that the page is shown in its colors at once.

/**
 * Return whether the colors that a page of the theme remembers are dark; null if they are the device's.
 * @param {string | null} remembered  as Material writes it
 */
function isDark(remembered) {
  const { media = "", scheme } = JSON.parse(remembered ?? "{}")?.color ?? {}
  if (!scheme || media === "(prefers-color-scheme)") return null
  return scheme === "slate" || media.includes("dark")
}

/**
 * Let the rules for a dark device hold, or not, whatever the device is.
 * @param {boolean} dark
 */
function wear(dark) {
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSMediaRule) || !rule.media.mediaText.includes("color-scheme: dark")) {
        continue
      }
      rule.media.mediaText = dark ? "screen" : "not all"
    }
  }
  document.documentElement.style.colorScheme = dark ? "dark" : "light"
}

{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript)
  const scope = new URL(script.dataset.scope || new URL("..", script.src), location.href)
  try {
    const dark = isDark(localStorage.getItem(`${scope.pathname}.__palette`))
    if (dark !== null) wear(dark)
  } catch {
    // Nothing can be remembered here, or another program has written it: the device's colors stay.
  }
}

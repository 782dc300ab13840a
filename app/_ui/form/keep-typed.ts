/**
 * Copies what was typed, the focus and the selection from a control that script removes to the control of the same id that
 * replaces it. React replaces the controls when it does not find the page as it was rendered (error 418), because an
 * extension added a node or the browser translated the page. Runs before React, on some pages inline: imports nothing.
 */
export function keepTyped(): void {
  type Control = HTMLInputElement
  let focused = document.activeElement
  addEventListener('focusin', ({ target }) => {
    focused = target as Element
  })
  // Later, because a removed control also loses the focus.
  addEventListener('focusout', () =>
    setTimeout(() => {
      focused = document.activeElement
    }),
  )

  function copy(old: Control) {
    const control = document.getElementById(old.id) as Control | null
    if (!old.id || control?.localName !== old.localName) return
    if (old.type === 'checkbox') control.checked = old.checked
    else control.value = old.value
    if (focused !== old) return
    const { selectionStart, selectionEnd } = old
    control.focus({ preventScroll: true })
    if (selectionStart !== null && control.setSelectionRange)
      control.setSelectionRange(selectionStart, selectionEnd)
  }

  const observer = new MutationObserver((changes) => {
    for (const { removedNodes } of changes)
      for (const node of removedNodes)
        if (node instanceof Element && !node.isConnected)
          for (const old of node.querySelectorAll<Control>('input, select, textarea')) copy(old)
  })
  observer.observe(document, { childList: true, subtree: true })
}

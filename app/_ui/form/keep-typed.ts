/**
 * Keeps what was typed, the focus and the selection where React would lose them while it hydrates a page. It replaces all
 * controls when it does not find the page as it was rendered (error 418), because an extension added a node or the browser
 * translated the page; the values are then copied by id. And it sets a text area back to its initial text. Runs before
 * React, on some pages inline: imports nothing.
 */
export function keepTyped(): void {
  type Control = HTMLInputElement | HTMLTextAreaElement
  type Kept = Pick<Control, 'value' | 'selectionStart' | 'selectionEnd'>
  const texts = new WeakMap<Node, Kept>()
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
  function remember(text: Element | null) {
    if (!(text instanceof HTMLTextAreaElement)) return
    const { value, selectionStart, selectionEnd } = text
    texts.set(text, { value, selectionStart, selectionEnd })
  }
  // A browser restores texts without an event when it restores a page.
  addEventListener('DOMContentLoaded', () => document.querySelectorAll('textarea').forEach(remember))
  for (const type of ['input', 'selectionchange']) addEventListener(type, () => remember(focused))

  function put(control: Control, { value, selectionStart, selectionEnd }: Kept) {
    control.value = value
    if (selectionStart != null) control.setSelectionRange(selectionStart, selectionEnd)
  }

  function copy(old: Control) {
    const control = old.id ? (document.getElementById(old.id) as Control | null) : null
    if (control?.localName !== old.localName) return
    if (old.type !== 'checkbox') put(control, old)
    else (control as HTMLInputElement).checked = (old as HTMLInputElement).checked
    if (focused === old) control.focus({ preventScroll: true })
  }

  const observer = new MutationObserver((changes) => {
    for (const { target, removedNodes } of changes) {
      const text = target.isConnected ? texts.get(target) : undefined
      if (text) put(target as Control, text)
      for (const node of removedNodes)
        if (node instanceof Element && !node.isConnected)
          for (const old of node.querySelectorAll<Control>('input, select, textarea')) copy(old)
    }
  })
  observer.observe(document, { childList: true, subtree: true })
}

/** Puts a text on the clipboard. Plain http has no clipboard of its own, so there a hidden field is copied from. */
export async function copyText(text: string) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)

  const field = document.createElement('textarea')
  field.value = text
  field.className = 'sr-only'
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}

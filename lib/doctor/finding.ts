/** The result of one check. The message of a failed one, or of a warning, says what to do. */
export type Finding = { name: string; ok: boolean; message: string; warning?: true }

export const ok = (name: string, message: string): Finding => ({ name, ok: true, message })
/** Something works, but not as well as it could; the doctor's exit code stays 0. */
export const warning = (name: string, message: string): Finding => ({
  name,
  ok: true,
  message,
  warning: true,
})
export const problem = (name: string, message: string): Finding => ({ name, ok: false, message })

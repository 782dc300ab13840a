/** The result of one check. The message of a failed one says what to do. */
export type Finding = { name: string; ok: boolean; message: string }

export const ok = (name: string, message: string): Finding => ({ name, ok: true, message })
export const problem = (name: string, message: string): Finding => ({ name, ok: false, message })

/** What was found of one thing that the service needs, and, where it is wrong, what to do. */
export type Finding = { name: string; well: boolean; says: string }

export const well = (name: string, says: string): Finding => ({ name, well: true, says })
export const wrong = (name: string, says: string): Finding => ({ name, well: false, says })

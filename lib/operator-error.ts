/** A failure that the operator can mend. The message says what happened and what to do now. */
export class OperatorError extends Error {
  override name = 'OperatorError'
}

/** What to print when a process can't go on: the message for the operator, or the stack of an unexpected error. */
export function explainError(error: unknown): string {
  if (error instanceof OperatorError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

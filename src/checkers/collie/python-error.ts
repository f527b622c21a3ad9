/** Python exception classes that the official COLLIE checker can end in. */
export type PythonErrorName = 'TypeError' | 'ValueError' | 'NotImplementedError' | 'AssertionError'

/**
 * Stands for an exception of the official checker while a constraint is evaluated. It never leaves the engine: see
 * {@link Outcome} in `evaluate.ts`.
 */
export class PythonError extends Error {
  readonly pythonName: PythonErrorName

  constructor(pythonName: PythonErrorName, message: string) {
    super(message)
    this.name = 'PythonError'
    this.pythonName = pythonName
  }
}

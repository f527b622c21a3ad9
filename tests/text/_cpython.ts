import { loadPyodide } from 'pyodide'

/** A Python function of JSON values, called synchronously. Text travels as ASCII JSON, lone surrogates included. */
export type PythonFunction = (...parameters: readonly unknown[]) => unknown

interface Interpreter {
  /** Runs statements, for example function definitions. */
  run(source: string): void
  /** A function from a Python expression that evaluates to one. */
  define(source: string): PythonFunction
}

let interpreter: Promise<Interpreter> | null = null

/** The CPython of the `pyodide` package, started once per test file (about four seconds). */
export function cpython(): Promise<Interpreter> {
  interpreter ??= start()
  return interpreter
}

async function start(): Promise<Interpreter> {
  const python = await loadPyodide({ stdout: () => {}, stderr: () => {} })
  python.runPython('import json, re, sys, math, random, unicodedata')
  return {
    run(source) {
      python.runPython(source)
    },
    define(source) {
      const name = `function_${Math.random().toString(36).slice(2)}`
      python.runPython(
        `_target = ${source}\ndef ${name}(text, target=_target):\n return json.dumps(target(*json.loads(text)))`,
      )
      const call = python.globals.get(name) as (text: string) => string
      return (...parameters) => JSON.parse(call(asciiJson(parameters))) as unknown
    },
  }
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

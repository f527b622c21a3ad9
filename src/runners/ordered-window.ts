/** Milliseconds of intake after which sockets and disk get their turn. */
const turnMs = 2

/**
 * Runs `work` over a lazy source with at most `size` inputs taken but not yet delivered, and delivers results in the
 * order of the source. Nothing beyond the window is read or held, whatever the length of the source.
 *
 * The intake gives the event loop its turn every few milliseconds: a source that answers at once would otherwise be read
 * to the end of the window before the first request leaves, and the endpoints would wait for nothing.
 *
 * The first error of the source, of `work` or of `deliver` stops the intake; work under way is waited for, then the
 * error is thrown.
 */
export async function orderedWindow<Input, Output>(
  source: AsyncIterable<Input>,
  size: number,
  work: (input: Input) => Promise<Output>,
  deliver: (output: Output) => void | Promise<void>,
): Promise<void> {
  const window: Promise<{ output: Output } | { error: unknown }>[] = []
  let failed = false
  let turnBegan = performance.now()
  const deliverFirst = async () => {
    const outcome = await window.shift()!
    if ('error' in outcome) throw outcome.error
    await deliver(outcome.output)
  }
  try {
    for await (const input of source) {
      window.push(
        work(input).then(
          (output) => ({ output }),
          (error: unknown) => {
            failed = true
            return { error }
          },
        ),
      )
      if (failed) break
      if (window.length >= size) await deliverFirst()
      if (performance.now() - turnBegan < turnMs) continue
      await nextTurn()
      turnBegan = performance.now()
    }
    while (window.length > 0) await deliverFirst()
  } finally {
    await Promise.all(window)
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

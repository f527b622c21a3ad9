/**
 * Runs `work` over a lazy source with at most `size` inputs taken but not yet delivered, and delivers results in the
 * order of the source. Nothing beyond the window is read or held, whatever the length of the source.
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
    }
    while (window.length > 0) await deliverFirst()
  } finally {
    await Promise.all(window)
  }
}

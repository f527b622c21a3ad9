const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A line of bars from the least to the greatest value; a blank where there is no value. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null)
  const least = Math.min(...known)
  const width = Math.max(...known) - least
  return values
    .map((value) => {
      if (value === null) return ' '
      return bars[width === 0 ? 3 : Math.round(((value - least) / width) * (bars.length - 1))]
    })
    .join('')
}

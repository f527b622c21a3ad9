import { DataError } from '../../core/errors.ts'

/**
 * Reads all rows of a Parquet file as plain objects. The reader is loaded only here.
 * @throws DataError `broken-file` when it is no Parquet file or uses what the reader does not know
 */
export async function readParquet(file: string): Promise<Record<string, unknown>[]> {
  const { asyncBufferFromFile, parquetReadObjects } = await import('hyparquet')
  try {
    return await parquetReadObjects({ file: await asyncBufferFromFile(file) })
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new DataError('broken-file', `Expected a Parquet file: ${problem}`, { location: { file }, cause })
  }
}
